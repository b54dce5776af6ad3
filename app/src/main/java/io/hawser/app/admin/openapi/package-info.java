/** What the admin listener says of itself. */
@NullMarked
package io.hawser.app.admin.openapi;

import org.jspecify.annotations.NullMarked;

/** Who comes to the admin listener, and what it may do there. */
@NullMarked
package io.hawser.app.admin.entry;

import org.jspecify.annotations.NullMarked;

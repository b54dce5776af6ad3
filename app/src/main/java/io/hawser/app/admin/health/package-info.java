/** Whether a hub lives and can be used, for whoever watches over it. */
@NullMarked
package io.hawser.app.admin.health;

import org.jspecify.annotations.NullMarked;

/** How fast and how much to say to a server that fails. */
@NullMarked
package io.hawser.iot.dispatch.pace;

import org.jspecify.annotations.NullMarked;

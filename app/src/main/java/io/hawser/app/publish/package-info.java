/** {@code hawser pub}: messages from the command line onto the bus, one or many. */
@NullMarked
package io.hawser.app.publish;

import org.jspecify.annotations.NullMarked;

/** TCP connections that carry lines, each ended by LF, on either side. */
@NullMarked
package io.hawser.net.line;

import org.jspecify.annotations.NullMarked;

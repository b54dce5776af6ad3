/** How values are written as bytes that outlive the process, and read back without trust. */
@NullMarked
package io.hawser.core.bytes;

import org.jspecify.annotations.NullMarked;

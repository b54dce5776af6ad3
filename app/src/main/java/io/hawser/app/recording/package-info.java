/** Recordings of what was on the bus: written, read, and published again. */
@NullMarked
package io.hawser.app.recording;

import org.jspecify.annotations.NullMarked;

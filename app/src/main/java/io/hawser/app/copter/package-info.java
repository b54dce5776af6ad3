/** The configuration of an original copter: as it says it, as people write it, and what may stand in it. */
@NullMarked
package io.hawser.app.copter;

import org.jspecify.annotations.NullMarked;

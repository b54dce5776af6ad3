/** The library for programs of operators ({@code specs/iot.md} 1.9): devices, what they say, and what they shall do. */
@NullMarked
package io.hawser.iot.enterprise;

import org.jspecify.annotations.NullMarked;

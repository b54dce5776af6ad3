/** What programs of operators call: applications, devices, what they said, and what they shall do ({@code specs/iot.md} 1.9). */
@NullMarked
package io.hawser.iot.gateway.operator;

import org.jspecify.annotations.NullMarked;

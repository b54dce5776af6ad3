/** The device library: devices, gateways and virtual devices, as a program meets them. */
@NullMarked
package io.hawser.iot.device;

import org.jspecify.annotations.NullMarked;

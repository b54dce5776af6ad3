/** The demonstration: a flight on Ivy, an operator on eFTL, copters and a device, all simulated, who meet on a hub. */
@NullMarked
package io.hawser.app.demo;

import org.jspecify.annotations.NullMarked;

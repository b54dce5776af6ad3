/** Virtual devices: the attributes, actions, alerts and data of a device by its model. */
@NullMarked
package io.hawser.iot.device.virtual;

import org.jspecify.annotations.NullMarked;

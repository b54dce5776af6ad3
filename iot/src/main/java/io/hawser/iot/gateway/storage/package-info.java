/** Files of devices: up into the store and down from it. */
@NullMarked
package io.hawser.iot.gateway.storage;

import org.jspecify.annotations.NullMarked;

/** Joins devices and operators of Oracle IoT Cloud Service to the bus: its calls by HTTPS, and a mailbox for each device. */
@NullMarked
package io.hawser.iot.gateway;

import org.jspecify.annotations.NullMarked;

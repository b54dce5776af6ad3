/** What the hub keeps of its devices in the store: applications, devices, models, policies, commands, state and history. */
@NullMarked
package io.hawser.iot.registry;

import org.jspecify.annotations.NullMarked;

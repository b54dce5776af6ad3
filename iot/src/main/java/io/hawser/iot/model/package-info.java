/** Device models: attributes, actions and formats, how they are read and written, and whether a value fits. Pure; used by devices and by the hub. */
@NullMarked
package io.hawser.iot.model;

import org.jspecify.annotations.NullMarked;

/** Content that is too long for a message: storage objects of devices and operators, kept beside the server, and how they get there. */
@NullMarked
package io.hawser.iot.storage;

import org.jspecify.annotations.NullMarked;

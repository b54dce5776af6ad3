/** Crowds of devices of Oracle IoT CS, and what a hub does for them. */
@NullMarked
package io.hawser.verify.bench.iot;

import org.jspecify.annotations.NullMarked;

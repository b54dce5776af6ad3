/** What operators ask devices to do: queued, handed out at most once, answered or not; every step is in the store before it is told. */
@NullMarked
package io.hawser.iot.registry.command;

import org.jspecify.annotations.NullMarked;

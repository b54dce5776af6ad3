package io.hawser.app.text;

import io.hawser.core.value.Fields;
import java.time.Instant;

/**
 * One message as it is shown.
 *
 * @param number the how-manieth it is, from 1
 * @param time when it came onto the bus
 * @param topic where it was published
 * @param from who published it: protocol and name
 * @param fields what it says
 */
public record Event(long number, Instant time, String topic, String from, Fields fields) {}

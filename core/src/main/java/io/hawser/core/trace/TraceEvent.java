package io.hawser.core.trace;

import java.time.Instant;

/**
 * What happened to one message. It holds nothing of what the message says.
 *
 * @param number 1 for the first of its trace
 * @param topic the message's
 * @param from who said it, as {@code protocol:party}
 * @param to who hears it, or the durable that keeps it; empty where that is nobody
 * @param bytes the message's weight
 * @param detail why, or what it was about, for people; may be empty
 */
public record TraceEvent(
        long number, Instant time, TraceStep step, String topic, String from, String to, int bytes, String detail) {}

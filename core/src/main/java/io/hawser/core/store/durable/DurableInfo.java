package io.hawser.core.store.durable;

import io.hawser.core.value.Value;
import java.time.Instant;
import java.util.Optional;

/**
 * What an operator wants to see of one durable, at one moment. What is counted is counted since the store was opened.
 *
 * @param name its name
 * @param settings as they were given last
 * @param definition as it was given last
 * @param waiting messages that wait to be handed out
 * @param out messages that consumers hold
 * @param bytes the weight of both
 * @param oldest about when the oldest waiting message was appended, empty if none waits
 * @param consumers how many there are
 * @param dropped messages that were lost to a full durable, to the most deliveries, or to damage
 * @param expired messages that waited too long
 * @param redelivered deliveries that were not the first of their message
 */
public record DurableInfo(
        DurableName name,
        DurableSettings settings,
        Value.Opaque definition,
        int waiting,
        int out,
        long bytes,
        Optional<Instant> oldest,
        int consumers,
        long dropped,
        long expired,
        long redelivered) {}

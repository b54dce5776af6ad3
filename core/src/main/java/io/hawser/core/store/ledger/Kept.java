package io.hawser.core.store.ledger;

import io.hawser.core.message.Message;
import java.util.List;

/**
 * A message and the durables that it was kept for.
 *
 * @param message the message
 * @param durables their numbers
 */
public record Kept(Message message, List<Integer> durables) {
    /** With a copy of {@code durables}. */
    public Kept {
        durables = List.copyOf(durables);
    }
}

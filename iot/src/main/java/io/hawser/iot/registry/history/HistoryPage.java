package io.hawser.iot.registry.history;

import java.util.List;

/**
 * Some messages.
 *
 * @param messages those of the page
 * @param total how many there are in all
 */
public record HistoryPage(List<KeptMessage> messages, int total) {
    /** With a copy of the messages. */
    public HistoryPage {
        messages = List.copyOf(messages);
    }
}

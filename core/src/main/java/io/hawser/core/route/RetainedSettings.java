package io.hawser.core.route;

import io.hawser.core.match.TopicPattern;
import java.util.List;

/**
 * What is kept for those who come later.
 *
 * @param topics of which topics the last message is kept
 * @param count of so many topics at most
 * @param bytes about so many bytes of messages at most
 */
public record RetainedSettings(List<TopicPattern> topics, int count, long bytes) {
    /** Nothing is kept. */
    public static final RetainedSettings NONE = new RetainedSettings(List.of(), 1, 1);

    /** Settings with a copy of the list. */
    public RetainedSettings {
        topics = List.copyOf(topics);
    }
}

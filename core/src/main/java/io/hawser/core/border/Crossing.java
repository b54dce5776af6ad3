package io.hawser.core.border;

import io.hawser.core.match.TopicPattern;
import java.util.List;
import java.util.Optional;

/**
 * One direction of a border: which topics may pass, how often, and as what. All of it judges the topic that a message
 * arrives with; its new name is the last thing that it gets. Immutable.
 *
 * @param only topics that may pass; none: all
 * @param not topics that may not, whatever {@code only} says
 * @param renames the first whose pattern matches gives the new name
 * @param rates the first whose pattern matches says how many of a topic pass
 */
public record Crossing(List<TopicPattern> only, List<TopicPattern> not, List<Rename> renames, List<Rate> rates) {
    /** Everything passes as it is. */
    public static final Crossing OPEN = new Crossing(List.of(), List.of(), List.of(), List.of());

    /** A crossing with copies of the lists. */
    public Crossing {
        only = List.copyOf(only);
        not = List.copyOf(not);
        renames = List.copyOf(renames);
        rates = List.copyOf(rates);
    }

    /** True if everything passes as it is. */
    public boolean isOpen() {
        return equals(OPEN);
    }

    /** True if messages on {@code topic} may pass. */
    public boolean admits(String topic) {
        return (only.isEmpty() || matches(only, topic)) && !matches(not, topic);
    }

    /** What {@code topic} is called on the other side. */
    public String renamed(String topic) {
        for (Rename rename : renames) {
            Optional<String> other = rename.of(topic);
            if (other.isPresent()) {
                return other.get();
            }
        }
        return topic;
    }

    /** How many messages on {@code topic} pass; empty: all. */
    Optional<Rate> rate(String topic) {
        for (Rate rate : rates) {
            if (rate.topics().matches(topic)) {
                return Optional.of(rate);
            }
        }
        return Optional.empty();
    }

    private static boolean matches(List<TopicPattern> patterns, String topic) {
        for (TopicPattern pattern : patterns) {
            if (pattern.matches(topic)) {
                return true;
            }
        }
        return false;
    }
}

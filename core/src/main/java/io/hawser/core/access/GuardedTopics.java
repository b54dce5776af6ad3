package io.hawser.core.access;

import io.hawser.core.match.TopicPattern;
import java.util.List;

/**
 * Access to a bus on which some topics do more than carry messages: whoever publishes there, or asks, must be allowed that too.
 *
 * @param rules decides
 * @param topics where that is
 * @param needed what must be allowed there
 */
public record GuardedTopics(Access rules, List<TopicPattern> topics, Action needed) implements Access {
    /** With a copy of the topics. */
    public GuardedTopics {
        topics = List.copyOf(topics);
    }

    @Override
    public boolean allows(Principal principal, Action action, String topic) {
        return rules.allows(principal, action, topic)
                && (!guarded(action, topic) || rules.allows(principal, needed, topic));
    }

    @Override
    public Action missing(Principal principal, Action action, String topic) {
        return guarded(action, topic) && rules.allows(principal, action, topic)
                ? needed
                : rules.missing(principal, action, topic);
    }

    @Override
    public Coverage coverage(Principal principal, Action action, TopicPattern pattern) {
        return rules.coverage(principal, action, pattern);
    }

    private boolean guarded(Action action, String topic) {
        if (action != Action.PUBLISH && action != Action.REQUEST) {
            return false;
        }
        for (TopicPattern pattern : topics) {
            if (pattern.matches(topic)) {
                return true;
            }
        }
        return false;
    }
}

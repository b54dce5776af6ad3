package io.hawser.core.access;

import io.hawser.core.match.TopicPattern;
import java.util.List;

/**
 * Which topics a rule is about: a topic pattern whose segments may also end in a star, such as {@code robot/reboot*}.
 * Tells not only whether it matches a topic, but how it lies to a pattern that somebody subscribes to.
 */
public final class RulePattern {
    private final String text;
    private final List<String> segments;

    private RulePattern(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with a text for the user if a wildcard stands where it may not
     */
    public static RulePattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a topic pattern; '>' is every topic");
        }
        List<String> segments = List.of(text.split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean rest = segment.equals(TopicPattern.REST);
            if (rest ? i < segments.size() - 1 : segment.contains(TopicPattern.REST)) {
                throw new IllegalArgumentException("'>' in '" + text + "' must be the whole last segment");
            }
            int star = segment.indexOf('*');
            if (star >= 0 && star < segment.length() - 1) {
                throw new IllegalArgumentException("'*' in '" + text + "' must end its segment");
            }
        }
        return new RulePattern(text, segments);
    }

    /** True if {@code topic}, without wildcards, matches. Allocates nothing. */
    boolean matches(String topic) {
        int at = 0;
        for (String segment : segments) {
            if (at > topic.length()) {
                return false;
            }
            if (segment.equals(TopicPattern.REST)) {
                return true;
            }
            int slash = topic.indexOf('/', at);
            int end = slash < 0 ? topic.length() : slash;
            if (!matches(segment, topic, at, end)) {
                return false;
            }
            at = end + 1;
        }
        return at > topic.length();
    }

    private static boolean matches(String segment, String topic, int from, int to) {
        int fixed = segment.length() - 1;
        if (segment.endsWith(TopicPattern.ONE)) {
            return to - from >= fixed && topic.regionMatches(from, segment, 0, fixed);
        }
        return to - from == segment.length() && topic.startsWith(segment, from);
    }

    /** True if every topic that {@code pattern} matches is matched here too. */
    boolean covers(TopicPattern pattern) {
        List<String> others = pattern.segments();
        for (int i = 0; i < segments.size(); i++) {
            String ours = segments.get(i);
            if (i >= others.size()) {
                return false;
            }
            if (ours.equals(TopicPattern.REST)) {
                return true;
            }
            String theirs = others.get(i);
            boolean wider = theirs.equals(TopicPattern.REST)
                    || (theirs.equals(TopicPattern.ONE) && !ours.equals(TopicPattern.ONE));
            if (wider || !matches(ours, theirs, 0, theirs.length())) {
                return false;
            }
        }
        return others.size() == segments.size();
    }

    /** True if some topic is matched here and by {@code pattern}. */
    boolean touches(TopicPattern pattern) {
        List<String> others = pattern.segments();
        for (int i = 0; ; i++) {
            if (i >= segments.size() || i >= others.size()) {
                return i >= segments.size() && i >= others.size();
            }
            String ours = segments.get(i);
            String theirs = others.get(i);
            if (ours.equals(TopicPattern.REST) || theirs.equals(TopicPattern.REST)) {
                return true;
            }
            if (!theirs.equals(TopicPattern.ONE) && !matches(ours, theirs, 0, theirs.length())) {
                return false;
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RulePattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

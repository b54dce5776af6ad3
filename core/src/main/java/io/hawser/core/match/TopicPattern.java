package io.hawser.core.match;

import java.util.List;

/**
 * Which topics somebody wants: segments split by {@code /}, where {@code *} stands for one segment and a last
 * {@code >} for one or more. A wildcard stands for a whole segment or not at all.
 */
public final class TopicPattern {
    /** Stands for exactly one segment. */
    public static final String ONE = "*";
    /** Stands for one or more segments, at the end only. */
    public static final String REST = ">";
    /** So deep a pattern may go; the index is as deep as its patterns. */
    public static final int MAX_SEGMENTS = 256;

    private final String text;
    private final List<String> segments;
    private final boolean exact;

    private TopicPattern(String text, List<String> segments, boolean exact) {
        this.text = text;
        this.segments = segments;
        this.exact = exact;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with a text for the user if a wildcard stands where it may not, or there are
     *     more than {@link #MAX_SEGMENTS} segments
     */
    public static TopicPattern parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a topic pattern must not be empty; use '>' for every topic");
        }
        if (text.chars().filter(c -> c == '/').count() >= MAX_SEGMENTS) {
            throw new IllegalArgumentException("a topic pattern must not have more than " + MAX_SEGMENTS + " segments");
        }
        List<String> segments = split(text);
        boolean exact = true;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.equals(REST) && i < segments.size() - 1) {
                throw new IllegalArgumentException("'>' in '" + text + "' must be the last segment");
            }
            boolean wild = segment.equals(ONE) || segment.equals(REST);
            if (!wild && (segment.contains(ONE) || segment.contains(REST))) {
                throw new IllegalArgumentException(
                        "'" + segment + "' in '" + text + "': '*' and '>' must stand for a whole segment");
            }
            exact &= !wild;
        }
        return new TopicPattern(text, segments, exact);
    }

    /** The segments of a topic or a pattern, empty ones included. */
    static List<String> split(String topic) {
        return List.of(topic.split("/", -1));
    }

    /** The segments in order, wildcards as {@link #ONE} and {@link #REST}. */
    public List<String> segments() {
        return segments;
    }

    /** True if there is no wildcard. */
    public boolean exact() {
        return exact;
    }

    /** True if every topic matches. */
    public boolean everything() {
        return text.equals(REST);
    }

    /** How many wildcards there are. */
    public int wildcards() {
        return (int) segments.stream()
                .filter(segment -> segment.equals(ONE) || segment.equals(REST))
                .count();
    }

    /**
     * What a wildcard stands for in a topic that matches: one segment, or with {@link #REST} one or more.
     *
     * @param wildcard 1 for the first, up to {@link #wildcards()}
     */
    public String standsFor(int wildcard, String topic) {
        int seen = 0;
        int at = 0;
        for (String segment : segments) {
            if (segment.equals(REST)) {
                break;
            }
            int end = topic.indexOf('/', at);
            if (segment.equals(ONE) && ++seen == wildcard) {
                return end < 0 ? topic.substring(at) : topic.substring(at, end);
            }
            at = end + 1;
        }
        return topic.substring(at);
    }

    /** True if {@code topic} matches. Allocates nothing. */
    public boolean matches(String topic) {
        if (exact) {
            return text.equals(topic);
        }
        int at = 0;
        for (int i = 0; i < segments.size(); i++) {
            if (at > topic.length()) {
                return false;
            }
            String segment = segments.get(i);
            if (segment.equals(REST)) {
                return true;
            }
            int end = topic.indexOf('/', at);
            end = end < 0 ? topic.length() : end;
            if (!segment.equals(ONE) && !(segment.length() == end - at && topic.startsWith(segment, at))) {
                return false;
            }
            at = end + 1;
        }
        return at > topic.length();
    }

    /** True if some topic matches both this and {@code other}. */
    public boolean meets(TopicPattern other) {
        int shared = Math.min(segments.size(), other.segments.size());
        for (int i = 0; i < shared; i++) {
            String mine = segments.get(i);
            String theirs = other.segments.get(i);
            if (mine.equals(REST) || theirs.equals(REST)) {
                return true;
            }
            if (!mine.equals(theirs) && !mine.equals(ONE) && !theirs.equals(ONE)) {
                return false;
            }
        }
        return segments.size() == other.segments.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPattern that && text.equals(that.text);
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

package io.hawser.app.recording;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Topic;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Another topic for those that a pattern matches: {@code robot/*=sim/{1}}, where {1} is what the first wildcard stands for. Immutable. */
record TopicMap(TopicPattern from, String to) {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,3})\\}");

    /**
     * Reads {@code FROM=TO}.
     *
     * @throws IllegalArgumentException with a text for the user if it is none
     */
    static TopicMap parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("must be FROM=TO, such as 'robot/*=sim/{1}', not '" + text + "'");
        }
        TopicMap map = new TopicMap(TopicPattern.parse(text.substring(0, equals)), text.substring(equals + 1));
        List<String> segments = map.from.segments();
        long wildcards = segments.stream().filter(TopicMap::wildcard).count();
        Matcher place = PLACE.matcher(map.to);
        while (place.find()) {
            int number = Integer.parseInt(place.group(1));
            if (number < 1 || number > wildcards) {
                throw new IllegalArgumentException("'" + map.from + "' has no wildcard number " + number);
            }
        }
        new Topic(PLACE.matcher(map.to).replaceAll("x"));
        return map;
    }

    /** What {@code topic} becomes; empty if this is not for it. */
    Optional<String> of(String topic) {
        return from.matches(topic)
                ? Optional.of(PLACE.matcher(to)
                        .replaceAll(
                                place -> Matcher.quoteReplacement(standsFor(Integer.parseInt(place.group(1)), topic))))
                : Optional.empty();
    }

    private String standsFor(int number, String topic) {
        List<String> segments = from.segments();
        int seen = 0;
        for (int i = 0; i < segments.size(); i++) {
            seen += wildcard(segments.get(i)) ? 1 : 0;
            if (seen == number) {
                boolean rest = segments.get(i).equals(TopicPattern.REST);
                return topic.split("/", i + (rest ? 1 : 2))[i];
            }
        }
        throw new IllegalStateException(from + " has no wildcard number " + number);
    }

    private static boolean wildcard(String segment) {
        return segment.equals(TopicPattern.ONE) || segment.equals(TopicPattern.REST);
    }
}

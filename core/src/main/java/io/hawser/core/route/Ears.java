package io.hawser.core.route;

import io.hawser.core.match.PersistentMap;
import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How many hear the open bus, by the outline of their topic pattern and by the origin that they do not hear. Immutable.
 *
 * <p>An outline is a pattern whose third and later segments are {@code *}: {@code ivy/lab/FLIGHT} and {@code ivy/lab/*} are
 * one. So whether anybody would hear an origin is a few look-ups, however many subscriptions and topics there are.
 */
final class Ears {
    static final Ears NONE = new Ears(PersistentMap.empty());

    /** So many segments of an outline are literal. */
    private static final int LITERAL = 2;

    private final PersistentMap<String, PersistentMap<Optional<String>, Integer>> counts;

    private Ears(PersistentMap<String, PersistentMap<Optional<String>, Integer>> counts) {
        this.counts = counts;
    }

    /** These with one that wants {@code topic} from {@code scope}, or with one less. */
    Ears counted(TopicPattern topic, Scope scope, boolean in) {
        if (!scope.hearsOpen()) {
            return this;
        }
        String outline = outline(topic);
        PersistentMap<Optional<String>, Integer> of = counts.get(outline).orElse(PersistentMap.empty());
        Integer before = of.find(scope.except());
        int after = (before == null ? 0 : before) + (in ? 1 : -1);
        PersistentMap<Optional<String>, Integer> now =
                after == 0 ? of.without(scope.except()) : of.with(scope.except(), after);
        return new Ears(now.isEmpty() ? counts.without(outline) : counts.with(outline, now));
    }

    /** True if somebody hears a topic that {@code topics} matches, from {@code origin}. */
    boolean anyone(String origin, TopicPattern topics) {
        List<String> starts = List.of("");
        List<String> segments = topics.segments();
        for (int i = 0; i < segments.size(); i++) {
            List<String> longer = new ArrayList<>();
            for (String start : starts) {
                if (hears(origin, start + TopicPattern.REST)) {
                    return true;
                }
                longer.add(start + TopicPattern.ONE + "/");
                if (i < LITERAL) {
                    longer.add(start + segments.get(i) + "/");
                }
            }
            starts = longer;
        }
        return starts.stream().anyMatch(start -> hears(origin, start.substring(0, start.length() - 1)));
    }

    private boolean hears(String origin, String outline) {
        PersistentMap<Optional<String>, Integer> of = counts.find(outline);
        return of != null && of.size() > (of.find(Optional.of(origin)) == null ? 0 : 1);
    }

    private static String outline(TopicPattern topic) {
        List<String> segments = topic.segments();
        StringBuilder outline = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean kept = i < LITERAL || segment.equals(TopicPattern.REST);
            outline.append(i == 0 ? "" : "/").append(kept ? segment : TopicPattern.ONE);
        }
        return outline.toString();
    }
}

package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
import io.hawser.core.match.RegexpLimits;
import io.hawser.ivy.wire.IvyLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What is wanted, and by whom ({@code W}). In Ivy the sender matches ({@code specs/ivy.md} 1.6). Changed on the loop only;
 * any thread may match against what was published last.
 */
final class Regexps<W> {
    private static final RegexpLimits LIMITS =
            RegexpLimits.DEFAULT.withMaxPatternChars(IvyLimits.DEFAULT.maxRegexpChars());

    private final Map<W, Regexp> regexps = new HashMap<>();
    private volatile RegexpIndex<W> index = RegexpIndex.empty();

    /**
     * Adds one.
     *
     * @throws io.hawser.core.match.RegexpException if {@code text} is no regexp; it then never matches
     */
    void add(W want, String text) {
        Regexp regexp = Regexp.compile(text, LIMITS, costly -> {});
        regexps.put(want, regexp);
        index = index.with(regexp, want);
    }

    void remove(W want) {
        Regexp regexp = regexps.remove(want);
        if (regexp != null) {
            index = index.without(regexp, want);
        }
    }

    /** Calls {@code found} for each that {@code text} matches. Callable from any thread. */
    void match(String text, BiConsumer<W, Captures> found) {
        index.match(text, found);
    }
}

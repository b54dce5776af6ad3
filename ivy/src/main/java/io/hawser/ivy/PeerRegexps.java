package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.RegexpIndex;
import io.hawser.core.match.RegexpLimits;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.ivy.wire.IvyLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What all agents want to hear. In Ivy the sender matches ({@code specs/ivy.md} 1.6). Changed on the loop only; any thread
 * may match against what was published last.
 */
final class PeerRegexps {
    private static final RegexpLimits LIMITS =
            RegexpLimits.DEFAULT.withMaxPatternChars(IvyLimits.DEFAULT.maxRegexpChars());

    private final Map<Want, Regexp> regexps = new HashMap<>();
    private volatile RegexpIndex<Want> index = RegexpIndex.empty();

    /** Adds one. A regexp that does not compile is answered with an Error, and then never matches. */
    void add(IvyPeer peer, int id, String text) {
        try {
            Regexp regexp = Regexp.compile(text, LIMITS, costly -> {});
            Want want = new Want(peer, id);
            regexps.put(want, regexp);
            index = index.with(regexp, want);
        } catch (RegexpException e) {
            peer.error(e.offset(), String.valueOf(e.getMessage()));
        }
    }

    void remove(IvyPeer peer, int id) {
        Want want = new Want(peer, id);
        Regexp regexp = regexps.remove(want);
        if (regexp != null) {
            index = index.without(regexp, want);
        }
    }

    /** Takes back all that {@code peer} wanted. */
    void removeAll(IvyPeer peer) {
        List.copyOf(peer.subscriptions().keySet()).forEach(id -> remove(peer, id));
    }

    /** Calls {@code found} for each subscription that {@code text} matches. Callable from any thread. */
    void match(String text, BiConsumer<Want, Captures> found) {
        index.match(text, found);
    }

    /** One subscription of one agent. */
    record Want(IvyPeer peer, int id) {}
}

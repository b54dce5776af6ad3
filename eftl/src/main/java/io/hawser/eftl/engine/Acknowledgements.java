package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ClientFrame.Acknowledge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was acknowledged last in the server's session. A lost connection may have taken acknowledgements with it, so they are
 * all said again when the session goes on; the server ignores those it knows ({@code specs/eftl.md} 1.7). Owner: the loop.
 */
final class Acknowledgements {
    private final Map<String, Long> upTo = new LinkedHashMap<>();
    private final Deque<Long> single = new ArrayDeque<>();
    private final int most;

    /** Remembers at most {@code most} single ones, the newest, and the last one that covers several for each subscription. */
    Acknowledgements(int most) {
        this.most = most;
    }

    void add(Acknowledge frame) {
        if (frame.id().isPresent()) {
            upTo.merge(frame.id().get(), frame.seq(), Math::max);
            return;
        }
        if (single.size() >= most) {
            single.remove();
        }
        single.add(frame.seq());
    }

    List<Acknowledge> all() {
        List<Acknowledge> frames = new ArrayList<>();
        upTo.forEach((id, seq) -> frames.add(new Acknowledge(seq, Optional.of(id))));
        single.forEach(seq -> frames.add(new Acknowledge(seq, Optional.empty())));
        return frames;
    }

    /** Nothing covers several events of the subscription {@code id} any more. */
    void forget(String id) {
        upTo.remove(id);
    }

    void clear() {
        upTo.clear();
        single.clear();
    }
}

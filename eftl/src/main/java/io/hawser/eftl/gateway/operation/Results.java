package io.hawser.eftl.gateway.operation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What became of the numbered operations of one client, so that one it sends again after a lost connection is not done
 * again but answered again ({@code specs/eftl.md} 1.6). Owner: the session's.
 *
 * <p>The numbers of one client come nearly in order and nearly without gaps: all up to a floor were seen, and some above it.
 * An operation that was seen, is not in progress and has no answer kept here was done, with nothing to tell. Answers that
 * tell something are kept, bounded; of what is older than a forgotten one, the client is told that nobody knows.
 */
final class Results {
    private static final int MAX_ABOVE = 1_024;
    private static final int MAX_ANSWERS = 1_000;
    private static final long MAX_BYTES = 1 << 20;

    private final TreeSet<Long> above = new TreeSet<>();
    private final Set<Long> open = new HashSet<>();
    private final Map<Long, byte[]> answers = new LinkedHashMap<>();
    private long floor;
    private long bytes;
    private long forgotten;

    /** True if the operation {@code seq} is new, and from now on it is not. */
    boolean begin(long seq) {
        if (seq <= floor || above.contains(seq)) {
            return false;
        }
        if (seq == floor + 1 && above.isEmpty()) {
            floor = seq;
            return true;
        }
        above.add(seq);
        if (above.size() > MAX_ABOVE) {
            floor = above.first();
        }
        while (!above.isEmpty() && above.first() <= floor + 1) {
            floor = Objects.requireNonNull(above.pollFirst());
        }
        return true;
    }

    /** The operation {@code seq} has no result yet. */
    void open(long seq) {
        open.add(seq);
    }

    /** The operation {@code seq} is done. */
    void done(long seq) {
        open.remove(seq);
    }

    /** The operation {@code seq} is done, and {@code answer} tells what became of it. */
    void done(long seq, byte[] answer) {
        open.remove(seq);
        answers.put(seq, answer);
        bytes += answer.length;
        while (answers.size() > MAX_ANSWERS || (bytes > MAX_BYTES && answers.size() > 1)) {
            long oldest = answers.keySet().iterator().next();
            bytes -= forget(oldest).length;
            forgotten = Math.max(forgotten, oldest);
        }
    }

    private byte[] forget(long seq) {
        byte[] answer = answers.remove(seq);
        return answer == null ? new byte[0] : answer;
    }

    /** True if the answer will come by itself. */
    boolean isOpen(long seq) {
        return open.contains(seq);
    }

    /** What the operation {@code seq} was answered, null if nothing is kept. */
    byte @Nullable [] answer(long seq) {
        return answers.get(seq);
    }

    /** True if nobody knows any more what became of the operation {@code seq}. */
    boolean unknown(long seq) {
        return seq <= forgotten && !answers.containsKey(seq);
    }
}

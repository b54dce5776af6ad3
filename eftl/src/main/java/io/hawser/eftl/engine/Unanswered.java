package io.hawser.eftl.engine;

import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlClose;
import io.hawser.eftl.wire.ServerFrame.Refusal;
import io.hawser.net.Loop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations that the server has not answered, with the bytes that ask for them, in the order of their numbers. How many
 * there may be is the composer's business. Owner: the loop.
 */
final class Unanswered {
    private static final Set<Integer> ANSWERS = Set.of(9, 14, 26);

    private final Map<Long, Waiting> bySeq = new LinkedHashMap<>();

    private static final class Waiting {
        final Operation operation;
        final byte[] frame;
        final Loop.@Nullable Timer timer;

        Waiting(Operation operation, byte[] frame, Loop.@Nullable Timer timer) {
            this.operation = operation;
            this.frame = frame;
            this.timer = timer;
        }

        void cancel() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    void add(long seq, Operation operation, byte[] frame, Loop loop) {
        Loop.@Nullable Timer timer = operation
                .patience()
                .map(patience ->
                        loop.schedule(patience, () -> fail(seq, Failure.timeout("no answer came within " + patience))))
                .orElse(null);
        bySeq.put(seq, new Waiting(operation, frame, timer));
    }

    boolean isEmpty() {
        return bySeq.isEmpty();
    }

    /**
     * Says all of them again with their old numbers ({@code specs/eftl.md} 1.6).
     *
     * @param maxSize the longest frame that the server takes, 0 or less for no limit
     * @param qos false if the server acknowledges nothing
     */
    void resend(long maxSize, boolean qos, Consumer<byte[]> send) {
        for (Map.Entry<Long, Waiting> entry : List.copyOf(bySeq.entrySet())) {
            byte[] frame = entry.getValue().frame;
            if (maxSize > 0 && frame.length > maxSize) {
                fail(entry.getKey(), Failure.tooLarge(frame.length, maxSize));
                continue;
            }
            send.accept(frame);
            if (!qos && entry.getValue().operation.kind().onlyAcknowledged()) {
                done(entry.getKey(), Optional.empty(), 0);
            }
        }
    }

    /** Op 9. */
    void acknowledged(long seq, Optional<Refusal> refusal, long receivers) {
        if (refusal.isPresent()) {
            fail(seq, Failure.refused(refusal.get()));
        } else if (asks(seq, Operation.Kind::endsWithAcknowledgement)) {
            done(seq, Optional.empty(), receivers);
        }
    }

    /** Op 14. */
    void replied(long seq, Optional<Body> body, Optional<Refusal> refusal) {
        answered(seq, kind -> kind == Operation.Kind.REQUEST, body, 0, refusal);
    }

    /** Op 26. */
    void mapAnswered(long seq, Optional<Body> value, long revision, Optional<Refusal> refusal) {
        answered(seq, Operation.Kind::asksMap, value, revision, refusal);
    }

    /** An answer to {@code seq} came and says nothing that can be read. */
    void unreadable(int op, long seq, String reason) {
        if (ANSWERS.contains(op)) {
            fail(seq, new Failure(Failure.Kind.REFUSED, EftlClose.PROTOCOL.code(), reason));
        }
    }

    void failAll(Failure why) {
        List.copyOf(bySeq.keySet()).forEach(seq -> fail(seq, why));
    }

    private void answered(
            long seq, Predicate<Operation.Kind> expected, Optional<Body> body, long number, Optional<Refusal> refusal) {
        if (!asks(seq, expected)) {
            return;
        }
        if (refusal.isPresent()) {
            fail(seq, Failure.refused(refusal.get()));
        } else {
            done(seq, body, number);
        }
    }

    private boolean asks(long seq, Predicate<Operation.Kind> expected) {
        Waiting waiting = bySeq.get(seq);
        return waiting != null && expected.test(waiting.operation.kind());
    }

    private void done(long seq, Optional<Body> body, long number) {
        Waiting waiting = bySeq.remove(seq);
        if (waiting != null) {
            waiting.cancel();
            waiting.operation.outcome().done(body, number);
        }
    }

    private void fail(long seq, Failure why) {
        Waiting waiting = bySeq.remove(seq);
        if (waiting != null) {
            waiting.cancel();
            waiting.operation.outcome().failed(why);
        }
    }
}

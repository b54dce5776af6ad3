package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.engine.CleverEvents;
import io.hawser.clever.engine.CleverParty;
import io.hawser.clever.engine.CleverReply;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.Question;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that nobody answers end when their time is over: not before, and when a bare timer of the same loop does. */
@Timeout(60)
class RequestTimeoutTest {
    private static final int REQUESTS = 1_000;
    private static final Duration MOST_LATE = Duration.ofMillis(50);

    private static final CleverEvents QUIET = new CleverEvents() {
        @Override
        public void connected(InetSocketAddress remote) {}

        @Override
        public void disconnected(String reason, boolean again) {}

        @Override
        public void unreachable(String reason) {}

        @Override
        public void action(CleverFrame.Action action, CleverReply reply) {}

        @Override
        public void request(CleverFrame.Request request, CleverReply reply) {}

        @Override
        public void fileReceived(String path, long bytes) {}

        @Override
        public void problem(String reason) {}
    };

    /** When a request should have ended, when it did, and when a timer went off that was set beside it; in nanoseconds. */
    private record Asked(long due, CompletableFuture<Long> ended, CompletableFuture<Long> timer) {}

    @Test
    void eachOfAThousandEndsInTime() throws IOException, ProtocolException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Loops loops = Loops.start(1, "party");
                RawServer raw = new RawServer()) {
            Loop loop = loops.next();
            CleverOptions options = CleverOptions.defaults().withoutExtras();
            CleverParty party = new CleverParty(loop, options.settings(), loop, random, QUIET);
            loop.execute(() -> party.dial(CleverAddress.parse(raw.address()), Optional.empty()));
            List<Asked> all = new ArrayList<>();
            try (RawServer.Link link = raw.accept()) {
                for (int n = 0; n < REQUESTS; n++) {
                    all.add(ask(party, loop, Duration.ofMillis(300 + random.nextInt(500))));
                }
                for (int n = 0; n < REQUESTS; n++) {
                    assertThat(link.frame()).contains("position");
                }
                for (Asked each : all) {
                    long ended = each.ended().join();
                    assertThat(ended).as("seed %d", seed).isGreaterThanOrEqualTo(each.due());
                    assertThat(ended - each.timer().join()).as("seed %d", seed).isLessThan(MOST_LATE.toNanos());
                }
                assertThat(CompletableFuture.supplyAsync(party::unanswered, loop)
                                .join())
                        .isEmpty();
            }
            loop.execute(() -> party.end("the test is over"));
        }
    }

    private static Asked ask(CleverParty party, Loop loop, Duration patience) throws ProtocolException {
        Asked asked =
                new Asked(System.nanoTime() + patience.toNanos(), new CompletableFuture<>(), new CompletableFuture<>());
        Question question = new Question("position", List.of(), Fields.EMPTY, false, Optional.empty());
        party.request(question, patience, new Outcome() {
            @Override
            public void done(Value value) {
                asked.ended().completeExceptionally(new AssertionError("nobody has answered, but there is " + value));
            }

            @Override
            public void failed(Failure why) {
                if (why.kind() == Failure.Kind.TIMEOUT) {
                    asked.ended().complete(System.nanoTime());
                } else {
                    asked.ended().completeExceptionally(new AssertionError(why.toString()));
                }
            }
        });
        loop.execute(() -> loop.schedule(patience, () -> asked.timer().complete(System.nanoTime())));
        return asked;
    }
}

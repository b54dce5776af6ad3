package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.engine.CleverCount;
import io.hawser.core.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand requests whose answers come late, twice, under a wrong name or not at all: each gets its own answer or none. */
@Tag("slow")
class CorrelationTest {
    private static final int REQUESTS = 10_000;
    private static final int WAVE = 2_500;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration HANG = Duration.ofSeconds(60);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Integer, Fate> fates = new HashMap<>();
    private final Map<Integer, CompletableFuture<Value>> asked = new TreeMap<>();

    /** What a peer does with a request. */
    private enum Fate {
        ANSWERED,
        ANSWERED_TWICE,
        MISSING,
        LATE,
        WRONGLY_NAMED;

        boolean isAnswered() {
            return this == ANSWERED || this == ANSWERED_TWICE;
        }
    }

    @Test
    void eachOfOurRequestsEndsWithItsOwnAnswerOrNone() throws IOException {
        CleverOptions options = Pair.options(new Notebook()).withoutExtras();
        long worst = 0;
        try (RawServer raw = new RawServer();
                CleverPeer peer = CleverPeer.connect(raw.address(), options);
                RawServer.Link link = raw.accept()) {
            for (int from = 0; from < REQUESTS; from += WAVE) {
                worst = Math.max(worst, wave(peer, link, from));
            }
            assertThat(peer.pending()).isEmpty();
        }
        System.out.println("an unanswered request ended at most " + worst / 1_000_000 + " ms after its time");
        asked.forEach((n, future) -> {
            Fate fate = Objects.requireNonNull(fates.get(n));
            assertThat(end(future))
                    .as("request %d, %s, seed %d", n, fate, seed)
                    .isEqualTo(fate.isAnswered() ? Value.of(n).toString() : "CleverTimeoutException");
        });
    }

    /** Asks some, answers in another order, waits for the end of all, and answers what it is too late for. */
    private long wave(CleverPeer peer, RawServer.Link link, int from) throws IOException {
        List<RawFrame> answers = new ArrayList<>();
        List<RawFrame> late = new ArrayList<>();
        Map<Integer, CompletableFuture<Long>> ends = new TreeMap<>();
        for (int n = from; n < from + WAVE; n++) {
            Fate fate = fate();
            fates.put(n, fate);
            Duration patience = fate.isAnswered() ? HANG : PATIENCE;
            long before = System.nanoTime();
            CompletableFuture<Value> future =
                    peer.request(CleverCommand.of("echo").with("n", Value.of(n)).timeout(patience));
            asked.put(n, future);
            ends.put(n, future.handle((value, failure) -> System.nanoTime() - before));
        }
        for (int n = from; n < from + WAVE; n++) {
            String frame = link.frame();
            assertThat(frame).contains("\"n\": " + n + "}");
            answer(frame, n, Objects.requireNonNull(fates.get(n)), answers, late);
        }
        Collections.shuffle(answers, random);
        say(link, answers);
        ends.values().forEach(CompletableFuture::join);
        say(link, late);
        return worst(ends);
    }

    /** Most are answered: a wave takes as long as its slowest. */
    private Fate fate() {
        return random.nextInt(4) > 0 ? Fate.ANSWERED : Fate.values()[random.nextInt(Fate.values().length)];
    }

    private static void answer(String frame, int n, Fate fate, List<RawFrame> answers, List<RawFrame> late) {
        String id = frame.replaceAll("(?s).*\"request_id\": (\"\\d+\").*", "$1");
        RawFrame answer = RawFrame.response(id, "{\"value\": " + n + "}").with("requested_value", "\"echo\"");
        switch (fate) {
            case ANSWERED -> answers.add(answer);
            case ANSWERED_TWICE -> {
                answers.add(answer);
                late.add(RawFrame.response(id, "{\"value\": -1}").with("requested_value", "\"echo\""));
            }
            case MISSING -> {}
            case LATE -> late.add(answer);
            case WRONGLY_NAMED -> answers.add(answer.with("requested_value", "\"other\""));
        }
    }

    private long worst(Map<Integer, CompletableFuture<Long>> ends) {
        return ends.entrySet().stream()
                .filter(end -> fates.get(end.getKey()) == Fate.MISSING)
                .mapToLong(end -> end.getValue().join() - PATIENCE.toNanos())
                .max()
                .orElse(0);
    }

    private static void say(RawServer.Link link, List<RawFrame> frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        frames.forEach(frame -> all.writeBytes(frame.bytes()));
        link.socket().getOutputStream().write(all.toByteArray());
    }

    private static String end(CompletableFuture<Value> future) {
        try {
            return future.join().toString();
        } catch (CompletionException failure) {
            return Objects.requireNonNull(failure.getCause()).getClass().getSimpleName();
        }
    }

    @Test
    void legacyPeersWhoseIdsCollideGetEachAnswerUnderItsId() throws IOException {
        List<Runnable> parked = Collections.synchronizedList(new ArrayList<>());
        CleverHandlers handlers = new CleverHandlers().onRequestLater("echo", call -> {
            CompletableFuture<Value> answer = new CompletableFuture<>();
            Value n = call.kwargs().find("n");
            parked.add(() -> answer.complete(n));
            return answer;
        });
        CleverOptions options = CleverOptions.defaults().withoutExtras().handlers(handlers);
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options);
                Socket legacy = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
            legacy.setSoTimeout(10_000);
            Map<String, List<Integer>> asked = new TreeMap<>();
            Map<String, List<Integer>> answered = new TreeMap<>();
            DataInputStream in = new DataInputStream(legacy.getInputStream());
            for (int from = 0; from < REQUESTS; from += WAVE) {
                ByteArrayOutputStream wave = new ByteArrayOutputStream();
                for (int n = from; n < from + WAVE; n++) {
                    String id = "%04d".formatted(random.nextInt(REQUESTS));
                    asked.computeIfAbsent(id, key -> new ArrayList<>()).add(n);
                    wave.writeBytes(RawFrame.request("echo", '"' + id + '"', "{\"n\": " + n + "}")
                            .bytes());
                }
                legacy.getOutputStream().write(wave.toByteArray());
                Awaitility.await().until(() -> parked.size() == WAVE);
                Collections.shuffle(parked, random);
                parked.forEach(Runnable::run);
                parked.clear();
                for (int n = 0; n < WAVE; n++) {
                    note(MalformedTest.frame(in), answered);
                }
            }
            asked.values().forEach(Collections::sort);
            answered.values().forEach(Collections::sort);
            assertThat(answered).as("seed %d", seed).isEqualTo(asked);
            assertThat(asked.values()).as("ids that were used more than once").anyMatch(all -> all.size() > 1);
            assertThat(Pair.accepted(server).count(CleverCount.IGNORED)).isZero();
        }
    }

    private static void note(String answer, Map<String, List<Integer>> answered) {
        String id = answer.replaceAll("(?s).*\"request_id\": \"(\\d+)\".*", "$1");
        String value = answer.replaceAll("(?s).*\\{\"value\": (-?\\d+)}", "$1");
        answered.computeIfAbsent(id, key -> new ArrayList<>()).add(Integer.parseInt(value));
    }
}

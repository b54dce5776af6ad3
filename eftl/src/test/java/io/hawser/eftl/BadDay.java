package io.hawser.eftl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Programs that work over a {@link BadNetwork}: three publish for a durable that is acknowledged by hand, one changes a map,
 * one asks and one replies. Whatever they asked for must end, and what they were told must be true.
 */
final class BadDay implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;
    private static final List<String> PUBLISHERS = List.of("p1", "p2", "p3");
    private static final int MESSAGES = 100;
    private static final int WINDOW = 20;
    private static final int CHANGES = 40;
    private static final int REQUESTS = 40;
    private static final Duration REPLY_LIMIT = Duration.ofSeconds(3);

    private final long seed;
    private final BadNetwork network;
    private final Deque<EftlConnection> open = new ArrayDeque<>();
    private final Reader reader = new Reader();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<CompletableFuture<?>> replies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger replied = new AtomicInteger();

    BadDay(long seed) {
        this.seed = seed;
        this.network = new BadNetwork(seed);
    }

    /** All of it, until everything has ended; returns what it was, in words. */
    String live() {
        subscribe();
        List<CompletableFuture<?>> work = new ArrayList<>();
        PUBLISHERS.forEach(name -> work.add(publish(name)));
        work.add(changeMap());
        work.add(ask());
        ended("operations", work);
        network.calm();
        ended("replies", replies);
        await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() ->
                        assertThat(reader.heard.keySet()).as("seed " + seed).containsAll(acknowledged));
        assertThat(wrong).as("seed " + seed).isEmpty();
        assertThat(reader.wrong).as("seed " + seed).isEmpty();
        return "seed " + seed + ": " + network.connections() + " connections, " + acknowledged.size()
                + " publications acknowledged and heard, " + reader.again + " again, " + replied + " of " + REQUESTS
                + " requests answered";
    }

    private EftlConnection connect(String id) {
        EftlConnection connection = network.connect(id);
        open.push(connection);
        return connection;
    }

    private void ended(String what, Iterable<CompletableFuture<?>> futures) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        futures.forEach(all::add);
        assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                        .handle((done, failure) -> "ended"))
                .as("seed " + seed + ": all " + what + " have ended")
                .succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void subscribe() {
        EftlConnection durable = connect("reader");
        EftlConnection responder = connect("responder");
        List<CompletableFuture<?>> both = List.of(
                durable.subscribe(
                        SubscribeOptions.matching("{\"kind\":\"data\"}")
                                .durable("d")
                                .acknowledgedByHand(),
                        message -> reader.hear(durable, message)),
                responder.subscribe(
                        SubscribeOptions.matching("{\"kind\":\"ask\"}"),
                        request -> replies.add(responder.sendReply(request, numbered("reply", number(request))))));
        both.forEach(subscribed ->
                assertThat(subscribed).as("seed " + seed).succeedsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private CompletableFuture<Void> publish(String name) {
        EftlConnection publisher = connect(name);
        return each(MESSAGES, WINDOW, n -> {
            EftlMessage message = numbered("data", n).toBuilder()
                    .setString("from", name)
                    .setString("filler", "y".repeat(n * 37 % 900))
                    .build();
            return publisher
                    .publish(message)
                    .handle((receivers, failure) ->
                            check(failure == null, name + ": " + failure) && acknowledged.add(name + "/" + n));
        });
    }

    private CompletableFuture<Void> changeMap() {
        EftlKVMap map = connect("keeper").createKVMap("m");
        return each(CHANGES, 1, n -> map.set("k", numbered("value", n))
                .thenCompose(done -> map.get("k"))
                .handle((value, failure) -> check(
                        failure == null && value.map(BadDay::number).equals(Optional.of((long) n)),
                        "map: " + value + " after " + n + ", " + failure)));
    }

    private CompletableFuture<Void> ask() {
        EftlConnection asking = connect("asking");
        return each(REQUESTS, 4, n -> asking.sendRequest(numbered("ask", n), REPLY_LIMIT)
                .handle((reply, failure) -> {
                    if (failure == null) {
                        replied.incrementAndGet();
                        return check(number(reply) == n, "reply " + number(reply) + " to request " + n);
                    }
                    boolean nobody = failure instanceof EftlRefusedException refused && refused.code() == 42;
                    return check(nobody || failure instanceof EftlTimeoutException, "request: " + failure);
                }));
    }

    private boolean check(boolean right, String what) {
        if (!right) {
            wrong.add(what);
        }
        return right;
    }

    private static EftlMessage numbered(String kind, long n) {
        return EftlMessage.builder().setString("kind", kind).setLong("n", n).build();
    }

    private static long number(EftlMessage message) {
        return message.getLong("n").orElseThrow();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        network.close();
    }

    /** Runs {@code step} for 1 to {@code count}, {@code window} of them at once; completes when all have ended. */
    private static CompletableFuture<Void> each(int count, int window, IntFunction<CompletableFuture<?>> step) {
        Steps steps = new Steps(count, step);
        for (int i = 0; i < window; i++) {
            steps.next();
        }
        return steps.all;
    }

    private static final class Steps {
        private final CompletableFuture<Void> all = new CompletableFuture<>();
        private final int count;
        private final IntFunction<CompletableFuture<?>> step;
        private int begun;
        private int ended;

        Steps(int count, IntFunction<CompletableFuture<?>> step) {
            this.count = count;
            this.step = step;
        }

        synchronized void next() {
            if (begun < count) {
                step.apply(++begun).whenComplete((value, failure) -> end());
            }
        }

        private synchronized void end() {
            if (++ended == count) {
                all.complete(null);
            }
            next();
        }
    }

    /** The program that has the durable: acknowledges one, lets two wait, acknowledges up to the fourth. */
    private static final class Reader {
        final Map<String, Long> heard = new ConcurrentHashMap<>();
        final List<String> wrong = new CopyOnWriteArrayList<>();
        private final Map<String, Long> last = new HashMap<>();
        private int deliveries;
        private final AtomicInteger again = new AtomicInteger();

        /** On the connection's executor. */
        void hear(EftlConnection connection, EftlMessage message) {
            String from = message.getString("from").orElseThrow();
            long n = number(message);
            if (heard.put(from + "/" + n, n) != null) {
                again.incrementAndGet();
                check(message.deliveryCount() >= 2, from + "/" + n + " again, with count " + message.deliveryCount());
            } else {
                check(n > last.getOrDefault(from, 0L), from + "/" + n + " after " + last.get(from));
                last.put(from, n);
            }
            if (++deliveries % 4 == 0) {
                connection.acknowledgeAll(message);
            } else if (deliveries % 4 == 1) {
                connection.acknowledge(message);
            }
        }

        private void check(boolean right, String what) {
            if (!right) {
                wrong.add(what);
            }
        }
    }
}

package io.hawser.verify.bench.clever;

import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.CleverServer;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One party of the clever-show scenario as a process: {@code serve}, or {@code ask ADDRESS WHAT COUNT SIZE}. It keeps the contract that
 * {@code docs/performance.md} states for the peers of other makers, too.
 */
final class CleverParty {
    static final String READY = "ready ";
    static final String DONE = "done ";
    /** A file as originals send it: in one piece and without a hash. */
    static final String PLAIN_FILE = "plain-file";

    private static final int OUTSTANDING = 50;
    private static final int AHEAD = 10_000;

    private final CleverPeer peer;
    private final int count;
    private final int size;

    private CleverParty(CleverPeer peer, int count, int size) {
        this.peer = peer;
        this.count = count;
        this.size = size;
    }

    /** Plays the party that the arguments name. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments[0].equals("serve")) {
            serve();
            return;
        }
        CleverOptions options = CleverOptions.defaults();
        boolean plain = arguments[2].equals(PLAIN_FILE);
        try (CleverPeer peer = CleverPeer.connect(arguments[1], plain ? options.withoutExtras() : options)) {
            CleverParty party = new CleverParty(peer, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            peer.connected().join();
            switch (arguments[2]) {
                case "actions" -> party.actions();
                case "trips" -> party.trips();
                case "requests" -> party.requests();
                case "file", PLAIN_FILE -> party.file();
                default -> throw new IllegalArgumentException("nothing is called " + arguments[2]);
            }
            stay();
        }
    }

    /** Until whoever started it ends it. */
    private static void stay() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void serve() throws IOException {
        AtomicLong heard = new AtomicLong();
        CleverHandlers handlers = new CleverHandlers()
                .onAction("bench", call -> heard.incrementAndGet())
                .onRequest("count", call -> Value.of(heard.get()))
                .onRequest("echo", call -> call.kwargs().get("n").orElse(Value.Null.NULL));
        CleverOptions options = CleverOptions.defaults().files(Path.of("")).handlers(handlers);
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options)) {
            System.out.println(READY + "127.0.0.1:" + server.address().getPort());
            stay();
        }
    }

    /** Many actions; a request behind them shows that they have come. */
    private void actions() throws InterruptedException {
        CleverCommand action = CleverCommand.of("bench").with("payload", Value.of("x".repeat(size)));
        say(action, count / 2);
        long before = heard();
        long start = System.nanoTime();
        say(action, count - count / 2);
        done(heard() - before, System.nanoTime() - start);
    }

    private void say(CleverCommand action, int times) throws InterruptedException {
        Semaphore ahead = new Semaphore(AHEAD);
        for (int i = 0; i < times; i++) {
            ahead.acquire();
            peer.send(action).whenComplete((sent, failure) -> ahead.release());
        }
    }

    private long heard() {
        return ((Value.Int) peer.request("count").join()).value();
    }

    /** One request at a time. */
    private void trips() {
        long[] taken = new long[count - count / 2];
        long start = 0;
        for (int i = 0; i < count; i++) {
            long before = System.nanoTime();
            start = i == count / 2 ? before : start;
            peer.request(echo(i)).join();
            if (i >= count / 2) {
                taken[i - count / 2] = System.nanoTime() - before;
            }
        }
        long end = System.nanoTime();
        Arrays.sort(taken);
        System.out.println(DONE + taken.length + " " + (end - start) + " " + taken[taken.length / 2] + " "
                + taken[taken.length * 99 / 100]);
    }

    /** Some at a time; one whose answer is another's counts as lost. */
    private void requests() throws InterruptedException {
        Semaphore outstanding = new Semaphore(OUTSTANDING);
        AtomicLong right = new AtomicLong();
        long start = 0;
        for (int i = 0; i < count; i++) {
            if (i == count / 2) {
                outstanding.acquire(OUTSTANDING);
                outstanding.release(OUTSTANDING);
                right.set(0);
                start = System.nanoTime();
            }
            outstanding.acquire();
            Value own = Value.of(i);
            peer.request(echo(i)).whenComplete((value, failure) -> {
                if (own.equals(value)) {
                    right.incrementAndGet();
                }
                outstanding.release();
            });
        }
        outstanding.acquire(OUTSTANDING);
        done(right.get(), System.nanoTime() - start);
    }

    private static CleverCommand echo(int number) {
        return CleverCommand.of("echo").with("n", Value.of(number));
    }

    /** The same file again and again; the first half warms up, or nothing if there is only one. */
    private void file() {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            start = i == count / 2 ? System.nanoTime() : start;
            peer.getFile("file-" + size, Path.of("got")).join();
        }
        done(count - count / 2, System.nanoTime() - start);
    }

    private static void done(long what, long nanos) {
        System.out.println(DONE + what + " " + nanos);
    }
}

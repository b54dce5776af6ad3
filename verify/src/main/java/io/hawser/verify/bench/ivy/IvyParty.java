package io.hawser.verify.bench.ivy;

import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * One party of the Ivy scenario as a process: {@code pub|sub BUS COUNT REGEXPS SIZE}. It keeps the contract that
 * {@code docs/performance.md} states for the peers of other makers, too; the subscriber moreover says how far it is, so that the
 * publisher is never so far ahead that texts would be dropped.
 */
public final class IvyParty implements IvyListener {
    static final String READY = "ready";
    static final String DONE = "done ";

    private static final String WANTED = "^bench (\\S+) (.*)";
    private static final int STRIDE = 1_024;
    private static final int STRIDES_AHEAD = 16;

    private final String bus;
    private final int count;
    private final int regexps;
    private final int size;
    private final CountDownLatch subscribed;
    private final Semaphore ahead = new Semaphore(STRIDES_AHEAD);
    private final CountDownLatch heard = new CountDownLatch(1);
    /** Of the subscriber; belong to the thread of its callbacks. */
    private int received;

    private long half;

    private IvyParty(String bus, int count, int regexps, int size) {
        this.bus = bus;
        this.count = count;
        this.regexps = regexps;
        this.size = size;
        this.subscribed = new CountDownLatch(regexps + 1);
    }

    /** Plays the party that the arguments name. */
    public static void main(String[] arguments) throws InterruptedException {
        IvyParty party = new IvyParty(
                arguments[1],
                Integer.parseInt(arguments[2]),
                Integer.parseInt(arguments[3]),
                Integer.parseInt(arguments[4]));
        if (arguments[0].equals("pub")) {
            party.publish();
        } else {
            party.subscribe();
        }
    }

    /** A bus on loopback that nobody is on. */
    public static String freeBus() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramSocket free = new DatagramSocket(any)) {
            return "127.255.255.255:" + free.getLocalPort();
        }
    }

    private void publish() throws InterruptedException {
        try (IvyAgent agent =
                IvyAgent.builder("bench-pub").domain(bus).listener(this).join()) {
            System.out.println(READY);
            subscribed.await();
            String payload = " " + "x".repeat(size);
            long processor = 0;
            for (int i = 0; i < count; i++) {
                processor = i == count / 2 ? processorNanos() : processor;
                if (i % STRIDE == 0) {
                    ahead.acquire();
                }
                agent.send("bench " + i + payload);
            }
            ahead.acquire(STRIDES_AHEAD - 1);
            System.out.println(DONE + count + " " + (processorNanos() - processor));
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElse(0L);
    }

    @Override
    public void subscribed(IvyClient client, int id, String regexp) {
        subscribed.countDown();
    }

    @Override
    public void direct(IvyClient client, int number, String text) {
        ahead.release();
    }

    private void subscribe() throws InterruptedException {
        try (IvyAgent agent = IvyAgent.join("bench-sub", bus)) {
            for (int i = 0; i < regexps; i++) {
                agent.bind("^other" + i + " ([0-9]+) (.*)", (client, captures) -> {});
            }
            agent.bind(WANTED, (client, captures) -> received(client, Integer.parseInt(captures.get(0))));
            System.out.println(READY);
            heard.await();
        }
    }

    private void received(IvyClient client, int number) {
        received++;
        half = number == count / 2 ? System.nanoTime() : half;
        if (number % STRIDE == STRIDE - 1) {
            client.direct(number, "");
        }
        if (number == count - 1) {
            System.out.println(DONE + received + " " + (System.nanoTime() - half));
            heard.countDown();
        }
    }
}

package io.hawser.verify.bench.ivy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two processes of one maker, a publisher and a subscriber, on a bus of their own.
 *
 * @param name in the table
 * @param command how a party is started; the arguments of the contract follow
 */
record IvyPair(String name, List<String> command) {
    static final String PEER = "peer";

    private static final int MESSAGES = 1_000_000;
    private static final int PEER_MESSAGES = 400_000;
    /** Whoever asks one regexp after the other gets fewer messages, so that a round ends. */
    private static final int PEER_REGEXPS = 20;

    private static final long MOST_SECONDS = 120;

    IvyPair {
        command = List.copyOf(command);
    }

    /** Our own agents. */
    static IvyPair ours() {
        return new IvyPair(
                "hawser",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=bench-logback.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IvyParty.class.getName()));
    }

    /** Those of another maker, whom the shell finds by {@code command}. */
    static IvyPair peer(String command) {
        return new IvyPair(PEER, List.of("sh", "-c", "exec " + command + " \"$@\"", PEER));
    }

    /** How many messages a round has, so that it takes a few seconds. */
    int messages(int regexps) {
        return name.equals(PEER) ? PEER_MESSAGES / (1 + regexps / PEER_REGEXPS) : MESSAGES;
    }

    /** Lets {@code count} messages pass; the second half of them is measured. */
    Passed pass(int count, int regexps, int bytes) throws IOException, InterruptedException {
        String bus = freeBus();
        Process subscriber = start("sub", bus, count, regexps, bytes);
        Process publisher = null;
        try {
            BufferedReader heard = output(subscriber);
            result(line(heard, IvyParty.READY));
            publisher = start("pub", bus, count, regexps, bytes);
            BufferedReader said = output(publisher);
            String[] done = result(line(heard, IvyParty.DONE)).split(" ", -1);
            String[] sent = result(line(said, IvyParty.DONE)).split(" ", -1);
            double measured = count - count / 2;
            return new Passed(
                    measured * 1e9 / Long.parseLong(done[2]),
                    Long.parseLong(sent[2]) / 1e3 / measured,
                    count - Long.parseLong(done[1]));
        } finally {
            subscriber.destroyForcibly().waitFor();
            if (publisher != null) {
                publisher.destroyForcibly().waitFor();
            }
        }
    }

    private Process start(String role, String bus, int... numbers) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(role, bus));
        for (int number : numbers) {
            all.add(Integer.toString(number));
        }
        return new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** The next line that begins with {@code start}; a party may say other things before. */
    private static CompletableFuture<String> line(BufferedReader output, String start) {
        return CompletableFuture.supplyAsync(() -> output.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it ended before it said '" + start.strip() + "'")));
    }

    private String result(CompletableFuture<String> line) throws IOException, InterruptedException {
        try {
            return line.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException("a party of " + name + " failed: " + failure, failure);
        }
    }

    /** A bus on loopback that nobody is on. */
    static String freeBus() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramSocket free = new DatagramSocket(any)) {
            return "127.255.255.255:" + free.getLocalPort();
        }
    }

    /**
     * What one round measured.
     *
     * @param perSecond messages that the subscriber heard
     * @param processorMicros what the publisher's process took for each
     * @param lost how many did not arrive
     */
    record Passed(double perSecond, double processorMicros, long lost) {}
}

package io.hawser.verify.bench.ivy;

import io.hawser.verify.bench.Party;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    IvyPair {
        command = List.copyOf(command);
    }

    /** Our own agents. */
    static IvyPair ours() {
        return new IvyPair("hawser", Party.program(IvyParty.class));
    }

    /** Those of another maker, whom the shell finds by {@code command}. */
    static IvyPair peer(String command) {
        return new IvyPair(PEER, Party.shell(command));
    }

    /** How many messages a round has, so that it takes a few seconds. */
    int messages(int regexps) {
        return name.equals(PEER) ? PEER_MESSAGES / (1 + regexps / PEER_REGEXPS) : MESSAGES;
    }

    /** Lets {@code count} messages pass; the second half of them is measured. */
    Passed pass(int count, int regexps, int bytes) throws IOException, InterruptedException {
        String bus = IvyParty.freeBus();
        try (Party subscriber = start("sub", bus, count, regexps, bytes)) {
            subscriber.says(IvyParty.READY);
            try (Party publisher = start("pub", bus, count, regexps, bytes)) {
                String[] done = subscriber.says(IvyParty.DONE);
                String[] sent = publisher.says(IvyParty.DONE);
                double measured = count - count / 2;
                return new Passed(
                        measured * 1e9 / Long.parseLong(done[2]),
                        Long.parseLong(sent[2]) / 1e3 / measured,
                        count - Long.parseLong(done[1]));
            }
        }
    }

    private Party start(String role, String bus, int... numbers) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(role, bus));
        for (int number : numbers) {
            arguments.add(Integer.toString(number));
        }
        return Party.start(name, command, Path.of(""), arguments);
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

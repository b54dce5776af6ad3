package io.hawser.verify.bench.clever;

import io.hawser.verify.bench.Party;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Two processes of one maker, one of which serves and the other asks.
 *
 * @param name in the table
 * @param command how a party is started; the arguments of the contract follow
 */
record CleverPair(String name, List<String> command) {
    static final String OURS = "hawser";
    static final String PEER = "peer";

    /** Memory that stays flat needs no more for a larger file. */
    private static final String HEAP = "-Xmx128m";

    CleverPair {
        command = List.copyOf(command);
    }

    /** Our own peers. */
    static CleverPair ours() {
        return new CleverPair(OURS, Party.program(CleverParty.class, HEAP));
    }

    /** Those of another maker, whom the shell finds by {@code command}. */
    static CleverPair peer(String command) {
        return new CleverPair(PEER, Party.shell(command));
    }

    boolean isPeer() {
        return name.equals(PEER);
    }

    /**
     * Does {@code what} {@code count} times; the second half is measured.
     *
     * @param size of a payload or a file, in bytes
     * @param serving the folder of the one, in which files are
     * @param asking the folder of the other, into which they come
     */
    Passed pass(String what, int count, int size, Path serving, Path asking) throws IOException, InterruptedException {
        try (Party server = Party.start(name, command, serving, List.of("serve"))) {
            String address = server.says(CleverParty.READY)[1];
            List<String> wishes = List.of("ask", address, what, Integer.toString(count), Integer.toString(size));
            try (Party client = Party.start(name, command, asking, wishes)) {
                String[] done = client.says(CleverParty.DONE);
                long came = Long.parseLong(done[1]);
                return new Passed(
                        came * 1e9 / Long.parseLong(done[2]),
                        count - count / 2 - came,
                        done.length > 3 ? Long.parseLong(done[3]) / 1e3 : 0,
                        done.length > 4 ? Long.parseLong(done[4]) / 1e3 : 0,
                        Math.max(server.mostMemory(), client.mostMemory()) / 1_024);
            }
        }
    }

    /**
     * What one round measured.
     *
     * @param perSecond how many a second
     * @param lost how many did not come
     * @param p50 how long one took, in microseconds, if they were asked one at a time
     * @param p99 the same, of a hundred the slowest but one
     * @param memory what the party that took more had at most, in MiB
     */
    record Passed(double perSecond, long lost, double p50, double p99, long memory) {}
}

package io.hawser.verify.bench.store;

import java.util.Arrays;
import java.util.Iterator;

/**
 * What the command line asks for.
 *
 * @param rounds how many measured rounds
 * @param bytes how long each body is
 * @param backlog how many messages wait at a cold start
 * @param rss measures the memory that a backlog takes, and nothing else
 * @param mib how long that backlog is, in MiB
 */
record StoreLoad(int rounds, int bytes, int backlog, boolean rss, int mib) {
    private static final int FEWEST_ROUNDS = 5;

    StoreLoad {
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("--rounds takes at least " + FEWEST_ROUNDS + ": medians need them");
        }
        if (bytes < Long.BYTES || backlog < 1 || mib < 1) {
            throw new IllegalArgumentException("--bytes takes at least 8, --backlog and --mib at least 1");
        }
    }

    /** Reads {@code p3 [--rounds N] [--bytes N] [--backlog N] [--rss] [--mib N]}. */
    static StoreLoad parse(String... arguments) {
        int rounds = FEWEST_ROUNDS;
        int bytes = 256;
        int backlog = 1_000_000;
        int mib = 2048;
        boolean rss = false;
        Iterator<String> rest = Arrays.asList(arguments).listIterator(1);
        while (rest.hasNext()) {
            String option = rest.next();
            if (option.equals("--rss")) {
                rss = true;
                continue;
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            int value = Integer.parseInt(rest.next());
            switch (option) {
                case "--rounds" -> rounds = value;
                case "--bytes" -> bytes = value;
                case "--backlog" -> backlog = value;
                case "--mib" -> mib = value;
                default -> throw new IllegalArgumentException("no option " + option);
            }
        }
        return new StoreLoad(rounds, bytes, backlog, rss, mib);
    }
}

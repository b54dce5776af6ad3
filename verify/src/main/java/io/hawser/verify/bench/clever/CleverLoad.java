package io.hawser.verify.bench.clever;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param rounds how many measured rounds
 * @param bytes how long the payload of an action is
 * @param mib how large files are, in MiB
 * @param only one of {@link #SCENES}; empty: all
 * @param peer the command that plays a party of another maker
 */
record CleverLoad(int rounds, int bytes, List<Integer> mib, String only, Optional<String> peer) {
    /** What can be measured alone. */
    static final List<String> SCENES = List.of("actions", "trips", "requests", "files");

    private static final int FEWEST_ROUNDS = 5;
    private static final int LONGEST_BODY = 32 * 1024;
    private static final int LARGEST_FILE = 2_047;

    CleverLoad {
        mib = List.copyOf(mib);
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("--rounds takes at least " + FEWEST_ROUNDS + ": medians need them");
        }
        if (bytes < 1 || bytes > LONGEST_BODY) {
            throw new IllegalArgumentException("--bytes takes 1 to " + LONGEST_BODY);
        }
        if (!only.isEmpty() && !SCENES.contains(only)) {
            throw new IllegalArgumentException("--only takes one of " + SCENES);
        }
        if (mib.isEmpty() || mib.stream().anyMatch(size -> size < 1 || size > LARGEST_FILE)) {
            throw new IllegalArgumentException("--mib takes numbers from 1 to " + LARGEST_FILE + ": 1,64,256");
        }
    }

    /** True if {@code scene} is to be measured. */
    boolean wants(String scene) {
        return only.isEmpty() || only.equals(scene);
    }

    /** Reads {@code p8 [--rounds N] [--bytes N] [--mib N,...] [--only SCENE] [--peer CMD]}. */
    static CleverLoad parse(String... arguments) {
        CleverLoad load = new CleverLoad(FEWEST_ROUNDS, 100, List.of(1, 5, 64, 256), "", Optional.empty());
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            load = load.with(arguments[i], arguments[i + 1]);
        }
        return load;
    }

    private CleverLoad with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new CleverLoad(Integer.parseInt(value), bytes, mib, only, peer);
            case "--bytes" -> new CleverLoad(rounds, Integer.parseInt(value), mib, only, peer);
            case "--mib" -> new CleverLoad(rounds, bytes, numbers(value), only, peer);
            case "--only" -> new CleverLoad(rounds, bytes, mib, value, peer);
            case "--peer" -> new CleverLoad(rounds, bytes, mib, only, Optional.of(value));
            default -> throw new IllegalArgumentException("no option " + option);
        };
    }

    private static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
    }
}

package io.hawser.verify.bench.ivy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param rounds how many measured rounds
 * @param regexps how many further regexps the subscriber has that do not match, one point of the curve each
 * @param bytes how long each payload is
 * @param peer the command that plays a party of another maker
 */
record IvyLoad(int rounds, List<Integer> regexps, int bytes, Optional<String> peer) {
    private static final int FEWEST_ROUNDS = 5;
    private static final int LONGEST_BODY = 32 * 1024;

    IvyLoad {
        regexps = List.copyOf(regexps);
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("--rounds takes at least " + FEWEST_ROUNDS + ": medians need them");
        }
        if (bytes < 1 || bytes > LONGEST_BODY) {
            throw new IllegalArgumentException("--bytes takes 1 to " + LONGEST_BODY);
        }
        if (regexps.isEmpty() || regexps.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("--regexps takes numbers from 0 on: 0,100,1000,10000");
        }
    }

    /** Reads {@code p7 [--rounds N] [--regexps N,...] [--bytes N] [--peer CMD]}. */
    static IvyLoad parse(String... arguments) {
        int rounds = FEWEST_ROUNDS;
        List<Integer> regexps = List.of(0, 100, 1_000, 10_000);
        int bytes = 100;
        Optional<String> peer = Optional.empty();
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--bytes" -> bytes = Integer.parseInt(value);
                case "--peer" -> peer = Optional.of(value);
                case "--regexps" ->
                    regexps = Arrays.stream(value.split(",", -1))
                            .map(Integer::valueOf)
                            .toList();
                default -> throw new IllegalArgumentException("no option " + arguments[i]);
            }
        }
        return new IvyLoad(rounds, regexps, bytes, peer);
    }
}

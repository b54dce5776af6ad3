package io.hawser.verify.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param scenario its name in the table of scenarios
 * @param subscribers how many subscribers, one point of the curve each
 * @param bytes how long each body is
 * @param rounds how many measured rounds
 */
record Load(String scenario, List<Integer> subscribers, int bytes, int rounds) {
    private static final int LONGEST_BODY = 32 * 1024;
    private static final int FEWEST_ROUNDS = 5;

    Load {
        subscribers = List.copyOf(subscribers);
        if (bytes > LONGEST_BODY) {
            throw new IllegalArgumentException("--bytes takes at most " + LONGEST_BODY);
        }
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("--rounds takes at least " + FEWEST_ROUNDS + ": medians need them");
        }
        if (subscribers.isEmpty() || subscribers.stream().anyMatch(count -> count < 1)) {
            throw new IllegalArgumentException("--subscribers takes numbers from 1 on: 1,10,100");
        }
    }

    /** Reads {@code p1|p2 [--rounds N] [--subscribers N,...] [--bytes N]}. */
    static Load parse(String... arguments) {
        String scenario = arguments.length == 0 ? "" : arguments[0];
        List<Integer> subscribers =
                switch (scenario) {
                    case "p1" -> List.of(1);
                    case "p2" -> List.of(100);
                    default ->
                        throw new IllegalArgumentException("no scenario '" + scenario + "'; there are p1 and p2");
                };
        int bytes = 128;
        int rounds = FEWEST_ROUNDS;
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--rounds" -> rounds = Integer.parseInt(value);
                case "--bytes" -> bytes = Integer.parseInt(value);
                case "--subscribers" ->
                    subscribers = Arrays.stream(value.split(",", -1))
                            .map(Integer::valueOf)
                            .toList();
                default -> throw new IllegalArgumentException("no option " + arguments[i]);
            }
        }
        return new Load(scenario, subscribers, bytes, rounds);
    }
}

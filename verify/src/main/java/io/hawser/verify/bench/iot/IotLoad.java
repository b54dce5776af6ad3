package io.hawser.verify.bench.iot;

import java.util.Arrays;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param rounds how many measured rounds
 * @param devices how many devices, one point of the curve each
 * @param messages how many messages they say together, half of which warm up
 * @param commands how many commands they are given, likewise
 */
record IotLoad(int rounds, List<Integer> devices, int messages, int commands) {
    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_DEVICES = 5_000;
    private static final int MOST = 100_000_000;

    IotLoad {
        devices = List.copyOf(devices);
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("--rounds takes at least " + FEWEST_ROUNDS + ": medians need them");
        }
        if (devices.isEmpty() || devices.stream().anyMatch(count -> count < 1 || count > MOST_DEVICES)) {
            throw new IllegalArgumentException("--devices takes numbers from 1 to " + MOST_DEVICES + ": 1,10,100,1000");
        }
        if (messages < 1 || messages > MOST || commands < 2 || commands > MOST) {
            throw new IllegalArgumentException("--messages and --commands take 2 to " + MOST);
        }
    }

    /** Reads {@code p9 [--rounds N] [--devices N,...] [--messages N] [--commands N]}. */
    static IotLoad parse(String... arguments) {
        IotLoad load = new IotLoad(FEWEST_ROUNDS, List.of(1, 10, 100, 1_000), 400_000, 4_000);
        for (int i = 1; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            load = load.with(arguments[i], arguments[i + 1]);
        }
        return load;
    }

    private IotLoad with(String option, String value) {
        return switch (option) {
            case "--rounds" -> new IotLoad(Integer.parseInt(value), devices, messages, commands);
            case "--devices" ->
                new IotLoad(
                        rounds,
                        Arrays.stream(value.split(",", -1))
                                .map(Integer::valueOf)
                                .toList(),
                        messages,
                        commands);
            case "--messages" -> new IotLoad(rounds, devices, Integer.parseInt(value), commands);
            case "--commands" -> new IotLoad(rounds, devices, messages, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("no option " + option);
        };
    }
}

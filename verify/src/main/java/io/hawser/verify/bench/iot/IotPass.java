package io.hawser.verify.bench.iot;

import io.hawser.verify.bench.Party;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What one round measured.
 *
 * @param perSecond messages that the hub has acknowledged, a second
 * @param p50 how long a command and its answer took, in microseconds
 * @param p99 the same, of a hundred the slowest but one
 * @param idleBytes what one poll that brings nothing takes on the wire
 */
record IotPass(double perSecond, double p50, double p99, double idleBytes) {
    /** One round with {@code devices} at the hub that said {@code ready}, whose folder is {@code folder}. */
    static IotPass of(int devices, IotLoad load, Path folder, String[] ready) throws IOException, InterruptedException {
        List<String> wishes = List.of(
                folder.toString(),
                Integer.toString(devices),
                Integer.toString(load.messages()),
                Integer.toString(load.commands()),
                ready[1],
                ready[2]);
        try (Party party = Party.start("devices", Party.program(DeviceProgram.class, "-Xmx512m"), folder, wishes)) {
            String[] messages = party.says(DeviceProgram.MESSAGES);
            String[] trips = party.says(DeviceProgram.TRIPS);
            String[] idle = party.says(DeviceProgram.IDLE);
            return new IotPass(
                    number(messages[1]) * 1e9 / number(messages[2]),
                    number(trips[1]) / 1e3,
                    number(trips[2]) / 1e3,
                    number(idle[1]) / number(idle[2]));
        }
    }

    private static double number(String text) {
        return Long.parseLong(text);
    }
}

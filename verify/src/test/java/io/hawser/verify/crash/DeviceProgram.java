package io.hawser.verify.crash;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.DeviceOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.dispatch.Receipt;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * A device of our library as a process of its own that counts until it is killed, every second number with guaranteed delivery, and
 * does what it is asked.
 *
 * <pre>
 *   kept N. | told N. | lost N.   the number is safe on its disk, with the server, or given up
 *   did N.                         it was asked to
 * </pre>
 */
final class DeviceProgram {
    static final String URN = "urn:test:counter";
    static final String PASSPHRASE = "open sesame";
    static final String MODEL = "{\"urn\":\"urn:test:counter\",\"name\":\"counter\",\"attributes\":[{\"name\":\"n\","
            + "\"type\":\"INTEGER\"}],\"actions\":[{\"name\":\"count\",\"argType\":\"INTEGER\"}],\"formats\":[]}";

    private static final int OUTSTANDING = 40;

    private DeviceProgram() {}

    /** Provisioning file, by how many seconds its clock is ahead, first number; none: it only ends what was begun. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        DirectlyConnectedDevice device = open(Path.of(args[0]), Duration.ofSeconds(Long.parseLong(args[1])));
        device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN))
                .setCallable("count", argument -> out.println("did " + argument.orElse("nothing") + "."));
        if (args.length < 3) {
            Thread.currentThread().join();
        }
        Semaphore outstanding = new Semaphore(OUTSTANDING);
        for (long n = Long.parseLong(args[2]); ; n++) {
            long number = n;
            outstanding.acquire();
            Receipt receipt = say(device, number);
            if (number % 2 == 0) {
                receipt.accepted().thenRun(() -> out.println("kept " + number + "."));
            }
            receipt.delivered().whenComplete((done, failure) -> {
                out.println((failure == null ? "told " : "lost ") + number + ".");
                outstanding.release();
            });
        }
    }

    /** The device of {@code file}, which is in a hurry. */
    static DirectlyConnectedDevice open(Path file, Duration ahead) throws Exception {
        DeviceOptions options = DeviceOptions.defaults()
                .clock(InstantSource.offset(InstantSource.system(), ahead))
                .modelStore(file.resolveSibling("models"))
                .dispatcher(old -> old.backoff(Duration.ofMillis(100)).settleTime(Duration.ZERO));
        return new DirectlyConnectedDevice(file, PASSPHRASE.toCharArray(), options);
    }

    /** Has {@code device} say {@code number}, with guaranteed delivery if it is even. */
    static Receipt say(DirectlyConnectedDevice device, long number) {
        IotHead head = device.head()
                .with(
                        IotHead.Priority.LOW,
                        number % 2 == 0 ? IotHead.Reliability.GUARANTEED_DELIVERY : IotHead.Reliability.BEST_EFFORT);
        IotMessage message = new IotMessage.Data(head, URN + IotMessage.ATTRIBUTES, Fields.of("n", Value.of(number)));
        return device.dispatcher().queue(List.of(message)).get(0);
    }
}

package io.hawser.iot.dispatch.kept;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * A program that keeps messages until it is killed. It says {@code +KEY} when one is safe, and {@code -KEY} before it lets one be
 * forgotten.
 */
final class KeepingProgram {
    private static final int OUTSTANDING = 50;
    private static final int LEFT = 300;

    private KeepingProgram() {}

    /** Keeps messages in the file that {@code args} names. */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        ExecutorService disk = Executors.newSingleThreadExecutor();
        DeviceFile file =
                DeviceFile.open(Path.of(args[0]), KeptLimits.DEFAULT, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), disk);
        byte[] json = new IotCodec(IotLimits.DEFAULT)
                .write(new IotMessage.Data(
                        IotHead.of("id", "EP", 7), "urn:f", Fields.of("a", Value.of("x".repeat(300)))));
        Semaphore outstanding = new Semaphore(OUTSTANDING);
        Queue<KeptRow> kept = new ConcurrentLinkedQueue<>();
        while (true) {
            outstanding.acquire();
            KeptRow row = file.messages().keep("EP", json);
            row.kept().whenComplete((safe, failure) -> {
                if (failure == null) {
                    kept.add(row);
                    out.println("+" + row.key());
                }
                outstanding.release();
            });
            if (kept.size() > LEFT) {
                KeptRow oldest = kept.remove();
                out.println("-" + oldest.key());
                file.messages().release(oldest);
            }
        }
    }
}

package io.hawser.verify.bench.cross;

import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A party as a process, by the libraries as they are:
 *
 * <pre>
 *   hear URL TOPIC COUNT        an eFTL client that hears COUNT messages and says now and then how far it is
 *   publish URL TOPIC COUNT SIZE   an eFTL client that is never far ahead of the former
 *   report FOLDER COUNT SIZE    an IoT device; done when the hub has acknowledged all
 * </pre>
 */
final class CrossParty {
    static final String READY = "ready";
    static final String DONE = "done ";

    /** Where whoever hears says how far it is: a direct message to the agent of the Ivy scenario, or heard by the eFTL client. */
    private static final String AHEAD = "ivy/" + CrossHub.BUS + "/bench-pub/direct/1";

    private static final int STRIDE = 1_024;
    private static final int STRIDES_AHEAD = 16;
    private static final int PIECE = 100;
    private static final long PAUSE_NANOS = 200_000;
    private static final long PATIENCE_SECONDS = 60;

    private CrossParty() {}

    /** Plays the party that the arguments name. */
    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "hear" -> hear(arguments[1], arguments[2], Integer.parseInt(arguments[3]));
            case "publish" ->
                publish(arguments[1], arguments[2], Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            default -> report(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        }
        System.exit(0);
    }

    /** How far it has come; belongs to the connection's thread. */
    private static final class Hearing {
        private int heard;
        private long half;
    }

    private static void hear(String url, String topic, int count) throws InterruptedException {
        EftlConnection client =
                Eftl.connect(url, EftlOptions.defaults().clientId("hear")).join();
        CountDownLatch all = new CountDownLatch(1);
        Hearing hearing = new Hearing();
        EftlMessage ahead = EftlMessage.of(
                Fields.builder().put("_dest", AHEAD).put("text", "").build());
        SubscribeOptions wanted = SubscribeOptions.matching("{\"_dest\":\"" + topic + "\"}");
        client.subscribe(wanted, message -> {
                    int number = number(message.fields().string("text").orElseThrow());
                    hearing.heard++;
                    hearing.half = number == count / 2 ? System.nanoTime() : hearing.half;
                    if (number % STRIDE == STRIDE - 1) {
                        client.publish(ahead);
                    }
                    if (number == count - 1) {
                        System.out.println(DONE + hearing.heard + " " + (System.nanoTime() - hearing.half));
                        all.countDown();
                    }
                })
                .join();
        System.out.println(READY);
        all.await();
        client.close();
    }

    private static int number(String text) {
        int from = text.indexOf(' ') + 1;
        return Integer.parseInt(text, from, text.indexOf(' ', from), 10);
    }

    private static void publish(String url, String topic, int count, int size) throws InterruptedException {
        EftlConnection client =
                Eftl.connect(url, EftlOptions.defaults().clientId("publish")).join();
        Semaphore ahead = new Semaphore(STRIDES_AHEAD);
        client.subscribe(SubscribeOptions.matching("{\"_dest\":\"" + AHEAD + "\"}"), message -> ahead.release())
                .join();
        for (int i = 0; i < count; i++) {
            if (i % STRIDE == 0) {
                ahead.acquire();
            }
            client.publish(EftlMessage.of(Fields.builder()
                    .put("_dest", topic)
                    .put("text", text(i, size))
                    .build()));
        }
        ahead.tryAcquire(STRIDES_AHEAD - 1, PATIENCE_SECONDS, TimeUnit.SECONDS);
        client.close();
    }

    private static String text(int number, int size) {
        return "bench " + number + " " + "x".repeat(size);
    }

    private static void report(Path folder, int count, int size) throws Exception {
        try (DirectlyConnectedDevice device = new DirectlyConnectedDevice(CrossHub.file(folder), CrossHub.PASSPHRASE)) {
            if (!device.isActivated()) {
                device.activate(CrossHub.URN);
            }
            MessageDispatcher dispatcher = device.dispatcher();
            AtomicInteger delivered = new AtomicInteger();
            dispatcher.onDelivery(messages -> delivered.addAndGet(messages.size()));
            long half = 0;
            for (int i = 0; i < count; i += PIECE) {
                while (dispatcher.queueCapacity() < PIECE) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
                half = i >= count / 2 && half == 0 ? System.nanoTime() : half;
                dispatcher.queue(piece(device, i, size));
            }
            while (delivered.get() < count) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            System.out.println(DONE + count + " " + (System.nanoTime() - half));
        }
    }

    private static List<IotMessage> piece(DirectlyConnectedDevice device, int from, int size) {
        List<IotMessage> piece = new ArrayList<>();
        long now = Instant.now().toEpochMilli();
        for (int i = from; i < from + PIECE; i++) {
            Fields items = Fields.builder().put("text", text(i, size)).build();
            piece.add(new IotMessage.Data(
                    IotHead.of("", device.getEndpointId(), now), CrossHub.URN + IotMessage.ATTRIBUTES, items));
        }
        return piece;
    }
}

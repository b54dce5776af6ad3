package io.hawser.verify.bench.iot;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.Surroundings;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.ProvisioningFile;
import io.hawser.net.Loops;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Many devices, each with a dispatcher of the library, and an operator on the bus: {@code FOLDER DEVICES MESSAGES COMMANDS HUB EFTL}.
 * Prints, when it has done it,
 *
 * <pre>
 *   messages COUNT NANOS     of the second half, all of which the hub has acknowledged
 *   trips P50 P99            nanoseconds of a command and its answer, of the second half
 *   idle BYTES POLLS         what polls that bring nothing take on the wire, TLS included
 * </pre>
 */
final class DeviceProgram implements AutoCloseable {
    static final String MESSAGES = "messages ";
    static final String TRIPS = "trips ";
    static final String IDLE = "idle ";

    private static final int PIECE = 100;
    private static final int QUEUE = 2_000;
    private static final int IDLE_POLLS = 2;
    private static final long PAUSE_NANOS = 200_000;
    private static final int LARGEST_REQUEST = 4_192;
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Loops loops = Loops.start(1, "devices");
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final ExecutorService handlers = Executors.newSingleThreadExecutor();
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong delivered = new AtomicLong();
    private final List<Device> devices = new ArrayList<>();

    private record Device(String id, MessageDispatcher dispatcher, HttpsLink link) {}

    private DeviceProgram(Path folder, int count) throws IOException {
        this.folder = folder;
        for (int i = 0; i < count; i++) {
            devices.add(open(i));
        }
    }

    /** Runs it all. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (DeviceProgram program = new DeviceProgram(folder, Integer.parseInt(arguments[1]))) {
            program.messages(Integer.parseInt(arguments[2]));
            program.trips(Integer.parseInt(arguments[3]), arguments[5]);
        }
        try (DeviceProgram program = new DeviceProgram(folder, 0)) {
            program.idle(URI.create(arguments[4]).getPort());
        }
        System.exit(0);
    }

    private Device open(int number) throws IOException {
        TrustedAssets assets =
                TrustedAssets.open(CloudProgram.file(folder, number), CloudProgram.PASSPHRASE.toCharArray());
        HttpsLink link = link(assets);
        Surroundings around = new Surroundings(loops.next(), InstantSource.system(), random, callbacks, handlers);
        MessageDispatcher dispatcher = MessageDispatcher.open(
                assets.id(), link, DispatcherOptions.defaults().maxQueueSize(QUEUE), around);
        dispatcher.onDelivery(messages -> delivered.addAndGet(
                messages.stream().filter(IotMessage.Data.class::isInstance).count()));
        String beep = new DevicePath.Action(CloudProgram.URN, "beep").url();
        dispatcher.requests().register(assets.id(), beep, request -> Answer.of(200));
        return new Device(assets.id(), dispatcher, link);
    }

    private HttpsLink link(TrustedAssets assets) throws IOException {
        return new HttpsLink(
                assets, LinkSettings.DEFAULT, new ServerClock(InstantSource.system()), loops.next(), handlers);
    }

    private void messages(int count) {
        int half = Math.max(PIECE, count / 2 / devices.size() / PIECE * PIECE);
        send(half);
        long start = System.nanoTime();
        send(half);
        System.out.println(MESSAGES + (long) half * devices.size() + " " + (System.nanoTime() - start));
    }

    /** Returns when the hub has {@code each} messages of every device. */
    private void send(int each) {
        long wanted = delivered.get() + (long) each * devices.size();
        int[] sent = new int[devices.size()];
        while (delivered.get() < wanted) {
            boolean idle = true;
            for (int i = 0; i < sent.length; i++) {
                Device device = devices.get(i);
                if (sent[i] < each && device.dispatcher().queueCapacity() >= PIECE) {
                    device.dispatcher().queue(piece(device, sent[i]));
                    sent[i] += PIECE;
                    idle = false;
                }
            }
            if (idle) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static List<IotMessage> piece(Device device, int from) {
        List<IotMessage> piece = new ArrayList<>();
        long now = Instant.now().toEpochMilli();
        for (int i = from; i < from + PIECE; i++) {
            Fields items = Fields.builder()
                    .put("humidity", 40 + i % 20 / 10.0)
                    .put("count", i)
                    .build();
            piece.add(new IotMessage.Data(
                    IotHead.of("", device.id(), now), CloudProgram.URN + IotMessage.ATTRIBUTES, items));
        }
        return piece;
    }

    /** One command at a time, each of any device; the operator hears that it has ended. */
    private void trips(int count, String eftl) {
        EftlConnection operator =
                Eftl.connect(eftl, EftlOptions.defaults().clientId("operator")).join();
        Random any = new Random(9);
        long[] taken = new long[count - count / 2];
        for (int i = 0; i < count; i++) {
            String sensor = "sensor-" + any.nextInt(devices.size());
            EftlMessage order = EftlMessage.of(Fields.of("_dest", Value.of("iot/" + sensor + "/actions/beep")));
            long start = System.nanoTime();
            Fields answer = operator.sendRequest(order, PATIENCE).join().fields();
            if (!answer.string("state").equals(Optional.of("completed"))) {
                throw new IllegalStateException(sensor + ": " + answer);
            }
            if (i >= count / 2) {
                taken[i - count / 2] = System.nanoTime() - start;
            }
        }
        operator.close();
        Arrays.sort(taken);
        System.out.println(TRIPS + taken[taken.length / 2] + " " + taken[taken.length * 99 / 100]);
    }

    /** The first device polls through a relay, after it has its token. */
    private void idle(int hub) throws IOException {
        try (CountingRelay relay = new CountingRelay(hub);
                HttpsLink link = link(through(relay))) {
            link.poll(LARGEST_REQUEST, SHORT).join();
            long before = relay.bytes();
            for (int i = 0; i < IDLE_POLLS; i++) {
                link.poll(LARGEST_REQUEST, SHORT).join();
            }
            System.out.println(IDLE + (relay.bytes() - before) + " " + IDLE_POLLS);
        }
    }

    /** The provisioning file of the first device, with the relay as its server. */
    private TrustedAssets through(CountingRelay relay) throws IOException {
        char[] passphrase = CloudProgram.PASSPHRASE.toCharArray();
        Path other = Files.createTempFile(folder, "relayed", ".conf");
        try {
            ProvisioningFile own =
                    TrustedAssets.open(CloudProgram.file(folder, 0), passphrase).content();
            ProvisioningFile relayed = new ProvisioningFile(
                    "https://localhost:" + relay.port(),
                    own.clientId(),
                    own.sharedSecret(),
                    own.endpointId(),
                    own.trustAnchors(),
                    own.privateKey(),
                    own.publicKey(),
                    own.connectedDevices());
            Files.write(other, relayed.write(passphrase, random));
            return TrustedAssets.open(other, passphrase);
        } catch (ProtocolException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        devices.forEach(device -> device.link().close());
        loops.close();
        callbacks.shutdown();
        handlers.shutdown();
    }
}

package io.hawser.clever.gateway;

import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverListener;
import io.hawser.clever.CleverOptions;
import io.hawser.clever.CleverPeer;
import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Router;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Loops;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The real gateway and the real core on loopback, with copters that behave as originals. */
abstract class GatewayStage {
    private final ScheduledExecutorService conductorThread = Executors.newSingleThreadScheduledExecutor();
    final ExecutorService partyThread = Executors.newSingleThreadExecutor();
    final Loops loops = Loops.start(1, "hub");
    private final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(conductorThread);
    final Bus bus = bus();
    final FleetSettings settings = new FleetSettings(
            "127.0.0.1",
            0,
            List.of(),
            Optional.empty(),
            FleetSettings.DEFAULT.commandExpiry(),
            FleetSettings.DEFAULT.answerTimeout(),
            TelemetryForm.AS_SENT,
            FleetSettings.DEFAULT.clockTolerance(),
            Preflight.Limits.DEFAULT,
            3,
            new FleetSettings.FileLimits(100_000, 150_000, 3));
    final CleverGateway gateway = new CleverGateway(settings, bus, loops.next(), partyThread, new Random(1));
    final List<Message> heard = new CopyOnWriteArrayList<>();
    private final Session<String> party =
            new Session<>("web", new Principal("web"), partyThread, OutboxLimits.DEFAULT, counters, this::drain);
    private final List<CleverPeer> copters = new ArrayList<>();
    final List<String> done = new CopyOnWriteArrayList<>();
    InetSocketAddress address = new InetSocketAddress(0);

    private Bus bus() {
        MemoryStore store =
                new MemoryStore(StoreThread.on(conductorThread, InstantSource.system()), DurableListener.NONE);
        return new Bus(
                new Router(conductor, store, Access.ALLOW_ALL, counters),
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    @BeforeEach
    void start() {
        address = gateway.start();
        Interest everything = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        conductor.add(new LiveSubscription<>(everything, party, "all")).join();
    }

    @AfterEach
    void stop() {
        copters.forEach(CleverPeer::close);
        gateway.close();
        loops.close();
        conductorThread.shutdown();
        partyThread.shutdown();
    }

    /** What is known of the object {@code name} of {@code owner}, if there is one. */
    Optional<ObjectInfo> stored(String owner, String name) {
        return bus.store().objects().info(new ObjectName(owner, name)).join();
    }

    CleverPeer copter(String id, double ahead) {
        CleverHandlers handlers = new CleverHandlers()
                .onRequest("id", call -> Value.of(id))
                .onRequest("clover_dir", call -> Value.of("/home/pi/clover"))
                .onRequest("time", call -> Value.of(Instant.now().toEpochMilli() / 1e3 + ahead));
        for (String action : List.of("takeoff_z", "led_fill", "start", "land", "execute")) {
            handlers.onAction(action, call -> done.add(id + " " + action + " " + typed(call.kwargs())));
        }
        CleverPeer peer = CleverPeer.connect(
                "127.0.0.1:" + address.getPort(),
                CleverOptions.defaults().handlers(handlers).withoutExtras().listener(new CleverListener() {
                    @Override
                    public void disconnected(CleverPeer from, String reason) {
                        if (done.add(id + " gone")) {
                            from.close();
                        }
                    }
                }));
        copters.add(peer);
        return peer;
    }

    private static String typed(Fields kwargs) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < kwargs.size(); i++) {
            all.add(kwargs.name(i) + "=" + kwargs.value(i) + ":"
                    + kwargs.value(i).getClass().getSimpleName());
        }
        return "{" + String.join(", ", all) + "}";
    }

    double startOf(String id) {
        String line = done.stream()
                .filter(one -> one.startsWith(id + " start "))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.replaceAll(".*=\"|\":Str.*", ""));
    }

    void awaitFleet(int count) {
        await().until(() -> fleet().stream().filter(Copter::online).count() == count
                && conductor.interests().size() == 1 + 3 * count);
    }

    void awaitDone(String what) {
        await().until(() -> done.contains(what));
    }

    List<Copter> fleet() {
        return gateway.copters().orTimeout(10, TimeUnit.SECONDS).join();
    }

    void say(String topic, Fields fields, Optional<ReplyTo> asker) {
        Headers headers =
                new Headers(new Source("test", "web", "test"), 0, Optional.empty(), asker, OptionalLong.empty());
        bus.router()
                .publish(
                        new Principal("web"),
                        Message.builder(new Topic(topic), headers).fields(fields));
    }

    private void drain() {
        for (Delivery<String> next = party.poll(); next != null; next = party.poll()) {
            heard.add(next.message());
        }
    }

    List<Message> heard(String topic) {
        return heard.stream()
                .filter(message -> message.topic().text().equals(topic))
                .toList();
    }

    Optional<Fields> answer(long correlation) {
        return heard.stream()
                .filter(message -> message.headers().answers().equals(OptionalLong.of(correlation)))
                .map(Message::fields)
                .findFirst();
    }
}

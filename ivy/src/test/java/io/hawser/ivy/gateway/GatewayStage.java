package io.hawser.ivy.gateway;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Router;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.RawAgent;
import io.hawser.net.Loops;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;

/** The real gateway and the real core for real agents on one machine's loopback, and a party on the bus that hears them. */
abstract class GatewayStage {
    static final int MOST_WAITING = 1_000;

    /** The port of the first domain. */
    final int busPort = RawAgent.freeBusPort();

    final String domain = "127.255.255.255:" + busPort;

    /** The first domain. */
    final IvySettings LAB = new IvySettings("lab", domain, "HUB", List.of());

    final ScheduledExecutorService conductorThread = Executors.newSingleThreadScheduledExecutor();
    final Counters counters = new Counters();
    final Conductor conductor = new Conductor(conductorThread);
    final Bus bus;
    final List<Message> heard = new CopyOnWriteArrayList<>();
    private final ExecutorService partyThread = Executors.newSingleThreadExecutor();
    private final Loops loops = Loops.start(2, "hub");
    private final AtomicInteger joined = new AtomicInteger();
    private final Deque<IvyGateway> gateways = new ArrayDeque<>();
    private final Session<String> party =
            new Session<>("web", new Principal("web"), partyThread, OutboxLimits.DEFAULT, counters, this::drain);

    GatewayStage(Access access) {
        bus = bus(access);
    }

    /** Another hub's bus has conductor and thread with this one in common, and nothing else. */
    private Bus bus(Access access) {
        MemoryStore store =
                new MemoryStore(StoreThread.on(conductorThread, InstantSource.system()), DurableListener.NONE);
        return new Bus(
                new Router(conductor, store, access, counters),
                conductor,
                store,
                Authenticator.BELIEVE,
                access,
                counters,
                InstantSource.system(),
                new OutboxLimits(MOST_WAITING, 8 << 20),
                DurableSettings.DEFAULT);
    }

    @AfterEach
    void stop() {
        gateways.forEach(IvyGateway::close);
        loops.close();
        conductorThread.shutdown();
        partyThread.shutdown();
    }

    /** The gateway of {@code settings}, which has joined its domain. */
    IvyGateway join(IvySettings settings) {
        return join(settings, bus);
    }

    /** The same on another bus. */
    IvyGateway join(IvySettings settings, Bus other) {
        IvyGateway gateway =
                new IvyGateway(settings, other, loops.next(), "hub-" + joined.incrementAndGet(), partyThread);
        gateway.start();
        gateways.push(gateway);
        return gateway;
    }

    private void drain() {
        for (Delivery<String> next = party.poll(); next != null; next = party.poll()) {
            heard.add(next.message());
        }
    }

    /** The party hears {@code topics}; returns when it does. */
    LiveSubscription<String> listen(String topics) {
        Interest interest = Interest.inTopic(TopicPattern.parse(topics), Scope.EVERYTHING);
        LiveSubscription<String> subscription = new LiveSubscription<>(interest, party, "all");
        conductor.add(subscription).join();
        return subscription;
    }

    /** The party says {@code text} to everybody. */
    void say(String text) {
        publish("web/says", Message.textFields(text));
    }

    Receipt publish(String topic, Fields fields) {
        return publish(topic, Optional.empty(), fields);
    }

    Receipt publish(String topic, Optional<String> channel, Fields fields) {
        Headers headers = new Headers(new Source("test", "web", "test"), 0, channel);
        Message message = Message.builder(new Topic(topic), headers).weight(100).fields(fields);
        return bus.router().publish(new Principal("web"), message);
    }

    /** What the party heard on {@code topic}. */
    List<Message> heardOn(String topic) {
        return heard.stream()
                .filter(message -> message.topic().text().equals(topic))
                .toList();
    }

    /** How many regexps the bus knows. */
    int wishes() {
        AtomicInteger count = new AtomicInteger();
        conductor
                .interests()
                .forEach(each -> count.addAndGet(each.interest().regexp().isPresent() ? 1 : 0));
        return count.get();
    }

    /** What {@code client} asks {@code agent} for, but for what it shows to be a hub. */
    static List<String> regexps(IvyAgent agent, String client) {
        return agent.clients().stream()
                .filter(other -> other.name().equals(client))
                .flatMap(other -> other.regexps().values().stream())
                .filter(regexp -> HubMark.hub(regexp).isEmpty())
                .toList();
    }
}

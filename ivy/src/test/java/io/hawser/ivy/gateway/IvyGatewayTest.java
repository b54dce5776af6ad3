package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Router;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.session.Session;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.net.Loops;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real agents, the real gateway and the real core on one machine's loopback. */
class IvyGatewayTest {
    private final ScheduledExecutorService conductorThread = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService partyThread = Executors.newSingleThreadExecutor();
    private final Loops loops = Loops.start(1, "hub");
    private final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(conductorThread);
    private final Bus bus = bus();
    private final String domain = "127.255.255.255:" + freePort();
    private final IvyGateway gateway = new IvyGateway(
            new IvySettings("lab", domain, "HUB", List.of("^(?<ac>\\S+) (?<msg>GPS)")), bus, loops.next(), "hub-1");
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final Session<String> party =
            new Session<>("web", new Principal("web"), partyThread, OutboxLimits.DEFAULT, counters, this::drain);

    private Bus bus() {
        MemoryStore store =
                new MemoryStore(StoreThread.on(conductorThread, InstantSource.system()), DurableListener.NONE);
        Router router = new Router(conductor, store, Access.ALLOW_ALL, counters);
        return new Bus(
                router,
                conductor,
                store,
                Authenticator.BELIEVE,
                Access.ALLOW_ALL,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }

    @BeforeEach
    void start() {
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        loops.close();
        conductorThread.shutdown();
        partyThread.shutdown();
    }

    private void drain() {
        for (Delivery<String> next = party.poll(); next != null; next = party.poll()) {
            heard.add(next.message());
        }
    }

    private LiveSubscription<String> listen() {
        Interest everything = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        LiveSubscription<String> subscription = new LiveSubscription<>(everything, party, "all");
        conductor.add(subscription).join();
        return subscription;
    }

    private void say(String text) {
        Headers headers = new Headers(new Source("test", "web", "test"), 0, Optional.empty());
        bus.router()
                .publish(
                        new Principal("web"),
                        Message.builder(new Topic("web/says"), headers)
                                .weight(text.length())
                                .fields(Message.textFields(text)));
    }

    private static List<String> regexps(IvyAgent agent, String client) {
        return agent.clients().stream()
                .filter(other -> other.name().equals(client))
                .flatMap(other -> other.regexps().values().stream())
                .toList();
    }

    @Test
    void textsCrossInBothDirections() {
        listen();
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("FLIGHT", domain)) {
            agent.bind("^CMD (\\S+) (.*)", (client, args) -> taken.add(client.name() + ":" + args));
            await().until(() ->
                    !regexps(agent, "HUB").isEmpty() && conductor.interests().size() == 2);
            agent.send("7 GPS 43.5 1.25");
            await().until(() -> heard.size() == 1);
            Message message = heard.get(0);
            assertThat(message.topic().text()).isEqualTo("ivy/lab/FLIGHT");
            assertThat(message.fields().string("msg")).contains("GPS");
            say("CMD 7 climb 100");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("HUB:[7, climb 100]");
        }
        await().until(() -> conductor.interests().size() == 1);
    }

    @Test
    void aDomainNeverHearsItselfThroughTheHub() {
        listen();
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent one = IvyAgent.join("one", domain);
                IvyAgent two = IvyAgent.join("two", domain)) {
            two.bind("^note (.*)", (client, args) -> taken.add(client.name() + ":" + args.get(0)));
            await().until(() ->
                    !regexps(one, "HUB").isEmpty() && !regexps(one, "two").isEmpty());
            await().until(() -> conductor.interests().size() == 2);
            one.send("note a");
            await().until(() -> heard.size() == 1);
            say("note b");
            await().until(() -> taken.size() >= 2);
            assertThat(taken).containsExactlyInAnyOrder("one:a", "HUB:b");
        }
    }

    @Test
    void theDomainIsAskedForTextsOnlyWhileSomebodyTakesThem() {
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            await().until(() -> !agent.clients().isEmpty());
            assertThat(regexps(agent, "HUB")).isEmpty();
            LiveSubscription<String> subscription = listen();
            await().until(() -> regexps(agent, "HUB").equals(List.of("(.*)")));
            conductor.remove(subscription).join();
            await().until(() -> regexps(agent, "HUB").isEmpty());
        }
    }

    @Test
    void aRegexpThatIsNoneIsAnsweredAndHarmsNobody() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(unclosed", (client, args) -> taken.add("never"));
            agent.bind("^ok (.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> conductor.interests().size() == 1);
            say("ok 1");
            await().until(() -> taken.contains("1"));
            assertThat(counters.get(Counter.MALFORMED)).isEqualTo(1);
            assertThat(taken).containsExactly("1");
        }
    }

    @Test
    void aRegexpThatWouldExplodeHoldsNobodyUp() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^P (.*) (.*) (.*) (.*) (.*)z$", (client, args) -> taken.add("z"));
            agent.bind("^(?=P)(.*a){25}\\1$", (client, args) -> taken.add("bomb"));
            agent.bind("^P end", (client, args) -> taken.add("end"));
            await().until(() -> conductor.interests().size() == 3);
            for (int i = 0; i < 10; i++) {
                say("P " + "a ".repeat(100));
            }
            say("P end");
            await().until(() -> taken.contains("end"));
            assertThat(taken).containsExactly("end");
        }
    }

    @Test
    void whatIvyCannotSayIsDroppedAndCounted() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^((?:.|\\n)*)$", (client, args) -> taken.add(args.get(0)));
            await().until(() -> conductor.interests().size() == 1);
            say("two\nlines");
            say("one line");
            await().until(() -> !taken.isEmpty());
            assertThat(taken).containsExactly("one line");
            assertThat(counters.get(Counter.DROPPED_UNSAYABLE)).isEqualTo(1);
        }
    }

    @Test
    void askingTheHubToDieChangesNothing() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("^ok", (client, args) -> taken.add("ok"));
            await().until(() -> conductor.interests().size() == 1);
            IvyClient hub = agent.clients().get(0);
            hub.die();
            say("ok");
            await().until(() -> taken.size() == 1);
            assertThat(agent.clients()).hasSize(1);
        }
    }

    @Test
    void agentsCannotRunAheadOfTheStore() {
        int texts = 20_000;
        DurableName name = new DurableName("test", "all");
        bus.store()
                .durables()
                .define(name, DurableSettings.DEFAULT, new byte[0])
                .join();
        Interest everything = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        conductor.add(new DurableSubscription(name, everything)).join();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            await().until(() -> !regexps(agent, "HUB").isEmpty());
            CountDownLatch disk = new CountDownLatch(1);
            conductorThread.execute(() -> await().until(() -> disk.getCount() == 0));
            for (int n = 0; n < texts; n++) {
                agent.send("text " + n);
            }
            await().until(() -> counters.get(Counter.PUBLISHED) >= 4_096);
            await().during(Duration.ofMillis(300)).until(() -> counters.get(Counter.PUBLISHED) == 4_096);
            disk.countDown();
            await().until(() -> counters.get(Counter.STORED) == texts);
        }
    }

    @Test
    void whatIsConfinedToAChannelStaysOutOfTheDomain() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> conductor.interests().size() == 1);
            Headers confined = new Headers(new Source("test", "web", "test"), 0, Optional.of("side"));
            bus.router()
                    .publish(
                            new Principal("web"),
                            Message.builder(new Topic("t"), confined).fields(Message.textFields("secret")));
            say("open");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("open");
        }
    }

    @Test
    void messagesWithoutTextDoNotReachTheDomain() {
        List<String> taken = new CopyOnWriteArrayList<>();
        try (IvyAgent agent = IvyAgent.join("A", domain)) {
            agent.bind("(.*)", (client, args) -> taken.add(args.get(0)));
            await().until(() -> conductor.interests().size() == 1);
            Headers headers = new Headers(new Source("test", "web", "test"), 0, Optional.empty());
            bus.router()
                    .publish(
                            new Principal("web"),
                            Message.builder(new Topic("t"), headers)
                                    .fields(Fields.builder().put("x", 1).build()));
            say("text");
            await().until(() -> taken.size() == 1);
            assertThat(taken).containsExactly("text");
        }
    }
}

package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.GuardedTopics;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.audit.AuditEntry;
import io.hawser.core.border.Border;
import io.hawser.core.count.Counter;
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
import io.hawser.core.store.engine.Store;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Registration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.policy.Policy;
import io.hawser.iot.registry.policy.PolicyNotice;
import io.hawser.net.Loops;
import io.hawser.net.tls.Authority;
import io.hawser.store.local.LocalStore;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;

/** The real gateway over TLS, the real core, and a program on the bus that hears everything. */
public final class Cloud implements AutoCloseable {
    private static final String INBOX = "_inbox/web";

    private final ScheduledExecutorService conductorThread = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService partyThread = Executors.newSingleThreadExecutor();
    private final Loops loops = Loops.start(2, "hub");
    private final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(conductorThread);
    private final Access access = new GuardedTopics(new RulesOfNow(), IotGateway.WISHES, Action.DEVICE_CALL);
    private volatile Access rules = Access.ALLOW_ALL;
    private volatile Authenticator users = Authenticator.BELIEVE;
    private final Store store;
    private final Bus bus;
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final Session<String> party =
            new Session<>("web", new Principal("web"), partyThread, OutboxLimits.DEFAULT, counters, this::drain);
    private final Path trust;
    private final IotGateway gateway;
    private final InetSocketAddress address;

    public Cloud(Path folder) {
        this(folder, Function.identity());
    }

    /** With other settings than the default ones. */
    public Cloud(Path folder, Function<IotSettings, IotSettings> change) {
        this(folder, change, Optional.empty());
    }

    /** With devices behind {@code border}. */
    Cloud(Path folder, Border border) {
        this(folder, Cloud::impatient, Optional.empty(), border);
    }

    /** With a store in the folder {@code data}, if there is one. */
    Cloud(Path folder, Function<IotSettings, IotSettings> change, Optional<Path> data) {
        this(folder, change, data, Border.OPEN);
    }

    private Cloud(Path folder, Function<IotSettings, IotSettings> change, Optional<Path> data, Border border) {
        store = data.map(Cloud::local).orElseGet(this::memory);
        bus = bus();
        Authority authority = new Authority(folder, "test");
        trust = authority.pem();
        IotSettings settings = change.apply(
                IotSettings.of(authority.issue("localhost").identity("hub")).withPort(0));
        gateway = new IotGateway(settings, bus.behind("iot", border), loops.next(), new Random(7));
        address = gateway.start(loops);
        Interest everything = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        conductor.add(new LiveSubscription<>(everything, party, "all")).join();
    }

    private Store memory() {
        return new MemoryStore(StoreThread.on(conductorThread, InstantSource.system()), DurableListener.NONE);
    }

    private static Store local(Path data) {
        return LocalStore.open(data, InstantSource.system(), DurableListener.NONE, failure -> {});
    }

    private Bus bus() {
        return new Bus(
                new Router(conductor, store, access, counters),
                conductor,
                store,
                credentials -> users().authenticate(credentials),
                access,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT);
    }

    private void drain() {
        for (Delivery<String> next = party.poll(); next != null; next = party.poll()) {
            heard.add(next.message());
        }
    }

    /** What the operator at the hub asks. */
    CompletableFuture<Command> order(DeviceWish wish) {
        return gateway.order(wish, Optional.empty());
    }

    public String url() {
        return "https://localhost:" + address.getPort();
    }

    /** They change while the hub runs. */
    private final class RulesOfNow implements Access {
        @Override
        public Access now() {
            return rules;
        }

        @Override
        public boolean allows(Principal principal, Action action, String topic) {
            return rules.allows(principal, action, topic);
        }

        @Override
        public Coverage coverage(Principal principal, Action action, TopicPattern pattern) {
            return rules.coverage(principal, action, pattern);
        }
    }

    private Authenticator users() {
        return users;
    }

    /** From now on this finds out who users are. */
    void users(Authenticator authenticator) {
        users = authenticator;
    }

    /** From now on these lines say who may do what. */
    void rules(String... lines) {
        rules = new Rules(Stream.of(lines).map(Rule::parse).toList());
    }

    /** What is kept of who wanted what, in the order in which it was. */
    List<AuditEntry> audit() {
        return store.records().log(AuditEntry.TYPE).read(0, 100).join().stream()
                .map(LoggedRecord::value)
                .toList();
    }

    /** What was counted so far. */
    long count(Counter counter) {
        return counters.get(counter);
    }

    /** What is kept of files. */
    StoredObjects files() {
        return store.objects();
    }

    public Path trust() {
        return trust;
    }

    public <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return gateway.ask(question).join();
    }

    /** Registers the device {@code hardwareId} with {@code secret}; returns its endpoint id. */
    public String register(String hardwareId, String secret) {
        return ask(registry -> application(registry).thenCompose(id -> registry.devices()
                        .register(new Registration(hardwareId, id, "", "", Map.of(), Optional.of(Secret.of(secret))))))
                .id();
    }

    private static CompletableFuture<String> application(Registry registry) {
        return registry.applications()
                .named("test")
                .map(found -> CompletableFuture.completedFuture(found.id()))
                .orElseGet(
                        () -> registry.applications().add("test", "", Map.of()).thenApply(made -> made.id()));
    }

    public void model(String urn, String json) {
        ask(registry -> registry.models().put(urn, new Value.Opaque(json.getBytes(UTF_8))));
    }

    /** How many polls wait. */
    int polls() {
        return gateway.polls().join();
    }

    /** The store does nothing any more until what this returns is run; nor does the bus. */
    Runnable holdStore() {
        CountDownLatch released = new CountDownLatch(1);
        conductorThread.execute(() -> {
            try {
                released.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        return released::countDown;
    }

    /** Gives {@code device} a policy for {@code model}, and tells it so; returns its id. */
    public String assign(String device, String model, Value.Sequence pipelines) {
        Policy policy = ask(registry -> registry.policies().add(model, "test", pipelines));
        List<PolicyNotice> notices = ask(registry -> registry.policies().assign(policy.id(), List.of(device)));
        gateway.tell(notices).join();
        return policy.id();
    }

    /** Takes the policy from {@code device}, and tells it so. */
    public void unassign(String device, String policy) {
        List<PolicyNotice> notices = ask(registry -> registry.policies().unassign(policy, List.of(device)));
        gateway.tell(notices).join();
    }

    /** What came on {@code topic} so far. */
    public List<Fields> heard(String topic) {
        return heard.stream()
                .filter(message -> message.topic().text().equals(topic))
                .map(Message::fields)
                .toList();
    }

    /** The answers to {@link #request} so far. */
    public List<Fields> answers() {
        return heard(INBOX);
    }

    public Receipt publish(String topic, Fields fields) {
        return say(topic, fields, Optional.empty());
    }

    public void request(String topic, Fields fields) {
        say(topic, fields, Optional.of(new ReplyTo(INBOX, 1)));
    }

    private Receipt say(String topic, Fields fields, Optional<ReplyTo> asker) {
        Headers headers =
                new Headers(new Source("test", "web", "test/web"), 0, Optional.empty(), asker, OptionalLong.empty());
        return bus.router()
                .publish(
                        new Principal("web"),
                        Message.builder(new Topic(topic), headers).fields(fields));
    }

    public static IotSettings impatient(IotSettings settings) {
        return settings.withTimes(
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofDays(1),
                Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        gateway.close();
        loops.close();
        store.close();
        conductorThread.shutdown();
        partyThread.shutdown();
    }
}

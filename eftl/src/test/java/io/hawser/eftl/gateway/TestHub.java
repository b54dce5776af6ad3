package io.hawser.eftl.gateway;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counters;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.time.ManualClock;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.net.Handshake;
import io.hawser.net.Loops;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** The real core and the real gateway on one thread, with time turned by hand and no network. */
final class TestHub {
    final ManualClock clock = new ManualClock();
    final Counters counters = new Counters();
    private final Conductor conductor = new Conductor(clock);
    private final MemoryStore store =
            new MemoryStore(new StoreThread(clock, clock, clock::schedule), DurableListener.NONE);
    private final Router router = new Router(conductor, store, RULES, counters);
    private final EftlGateway gateway;

    /** Everybody may do everything, but nobody may touch what is secret, and bob nothing that is alice's. */
    private static final Rules RULES = new Rules(Stream.of(
                    "allow * * >",
                    "deny * * secret*",
                    "deny * * secret*/>",
                    "deny bob * alice/>",
                    "deny bob * m/alice*")
            .map(Rule::parse)
            .toList());

    /** A channel in which everything is small and nothing is kept. */
    private static final EftlChannel BRIEF = new EftlChannel(
            "brief",
            false,
            new EftlChannel.Limits(1_024, 2, 3, 1),
            new EftlChannel.Times(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(20)),
            new EftlChannel.Signature(true, true),
            EftlChannel.Groups.EVERYBODY,
            false,
            Optional.empty());

    /** Four messages, each for a minute. */
    private static final DurableSettings HISTORY = DurableSettings.DEFAULT
            .withRoom(4, 1 << 20, DurableSettings.WhenFull.DROP_OLDEST)
            .withMessageTtl(Duration.ofMinutes(1))
            .withDurableTtl(Duration.ZERO);

    TestHub(Loops unused) {
        this(unused, true);
    }

    TestHub(Loops unused, boolean comesBack) {
        this(unused, comesBack, clock -> Authenticator.BELIEVE);
    }

    /** Only {@code users} may log in, each a name and a password; alice is in the group alices. Finding out takes {@code delay}. */
    TestHub(Loops unused, Duration delay, Map<String, String> users) {
        this(unused, true, clock -> credentials -> check(clock, delay, users, credentials));
    }

    private TestHub(Loops unused, boolean comesBack, Function<ManualClock, Authenticator> authenticators) {
        Authenticator authenticator = authenticators.apply(clock);
        EftlSettings settings = new EftlSettings(
                "127.0.0.1",
                0,
                List.of(
                        like(EftlChannel.DEFAULT, "channel"),
                        like(EftlChannel.DEFAULT, "side"),
                        BRIEF,
                        like(EftlChannel.DEFAULT, "past"),
                        like(EftlChannel.DEFAULT, "crew", Optional.of("alices"), Optional.of("bobs"))),
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                7,
                comesBack,
                Set.of(),
                Optional.empty());
        Bus bus = new Bus(
                router,
                conductor,
                store,
                authenticator,
                RULES,
                counters,
                clock,
                new OutboxLimits(5, 1 << 20),
                DurableSettings.DEFAULT.withRoom(5, 1 << 20, DurableSettings.WhenFull.REJECT));
        gateway = new EftlGateway(settings, bus, unused);
    }

    private static EftlChannel like(EftlChannel other, String name) {
        return like(other, name, Optional.empty(), Optional.empty());
    }

    private static EftlChannel like(
            EftlChannel other, String name, Optional<String> publishers, Optional<String> subscribers) {
        return new EftlChannel(
                name,
                true,
                new EftlChannel.Limits(
                        other.limits().maxMessageBytes(), 3, other.limits().maxQueue(), 3),
                other.times(),
                EftlChannel.Signature.NONE,
                new EftlChannel.Groups(publishers, subscribers),
                name.equals("past"),
                name.equals("past") ? Optional.of(HISTORY) : Optional.empty());
    }

    private static CompletableFuture<Admission> check(
            ManualClock clock, Duration delay, Map<String, String> users, Credentials credentials) {
        CompletableFuture<Admission> done = new CompletableFuture<>();
        clock.schedule(delay, () -> {
            if (credentials.secret().equals(users.get(credentials.user()))) {
                done.complete(Admission.of(new Principal(credentials.user(), Set.of(credentials.user() + "s"))));
            } else if (credentials.secret().equals("unsure")) {
                done.completeExceptionally(new IllegalStateException("the list of users is away"));
            } else {
                done.completeExceptionally(new AccessException("unknown user or wrong password"));
            }
        });
        return done;
    }

    Optional<TestSocket> connect(String path, Consumer<String> said) {
        return connect(path, Map.of(), said);
    }

    /** True if messages are compressed for clients on {@code path} that offer it. */
    boolean compresses(String path) {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        Handshake.Answer answer = gateway.answer(new Handshake(path, Map.of(), Map.of(), List.of(), from));
        return answer instanceof Handshake.Accept accept && accept.compress();
    }

    /** Asks for a WebSocket on {@code path}; empty if it was refused, and then {@code said} has heard why. */
    Optional<TestSocket> connect(String path, Map<String, String> headers, Consumer<String> said) {
        InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        Handshake.Answer answer =
                gateway.answer(new Handshake(path, Map.of(), headers, List.of(EftlGateway.SUBPROTOCOL), from));
        if (answer instanceof Handshake.Refuse refuse) {
            said.accept(" refused " + refuse.status() + " " + refuse.reason());
            return Optional.empty();
        }
        Handshake.Accept accept = (Handshake.Accept) answer;
        TestSocket socket = new TestSocket(new ManualLoop(clock), accept.handler(), said);
        accept.handler().opened(socket);
        return Optional.of(socket);
    }

    /** An Ivy agent somewhere says {@code text}. */
    void ivy(String text) {
        Headers headers = new Headers(new Source("ivy", "A", "ivy/local"), clock.millis(), Optional.empty());
        Message message = Message.builder(new Topic("ivy/local/A"), headers)
                .text(text)
                .weight(text.length())
                .fields(Message.textFields(text));
        router.publish(new Principal("ivy"), message);
    }

    void close() {
        gateway.close();
    }
}

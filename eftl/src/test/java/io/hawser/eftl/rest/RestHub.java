package io.hawser.eftl.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.count.Counters;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.Router;
import io.hawser.core.session.OutboxLimits;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.eftl.gateway.EftlSettings;
import io.hawser.eftl.gateway.channel.EftlChannel;
import io.hawser.net.Loops;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** The real core, gateway and REST on a free port of loopback, and somebody who calls it. */
final class RestHub implements AutoCloseable {
    /** Everybody may do everything, but nobody may touch what is secret. */
    private static final Rules RULES = new Rules(Stream.of("allow * * >", "deny * * secret", "deny * * secret/>")
            .map(Rule::parse)
            .toList());

    private static final EftlChannel BRIEF = like("brief", false, 1_024, Optional.empty(), Optional.empty());
    private static final EftlChannel CREW = like("crew", true, 1_024, Optional.of("alices"), Optional.of("bobs"));

    private final ExecutorService conductorThread = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService storeThread = Executors.newSingleThreadScheduledExecutor();
    private final Loops loops = Loops.start(2, "hub");
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EftlGateway gateway;
    private final EftlRest rest;
    private final InetSocketAddress address;

    RestHub() {
        this(Authenticator.BELIEVE, Duration.ofSeconds(20));
    }

    /** Where no poll waits longer than {@code longest}. */
    RestHub(Duration longest) {
        this(Authenticator.BELIEVE, longest);
    }

    /** Only {@code users} may call, each a name and a password; alice is in the group alices. */
    RestHub(Map<String, String> users) {
        this(said -> check(said, users), Duration.ofSeconds(20));
    }

    private static CompletableFuture<Admission> check(Credentials said, Map<String, String> users) {
        if (said.user().equals("many")) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("too many logins at once"));
        }
        return !said.secret().isEmpty() && said.secret().equals(users.get(said.user()))
                ? CompletableFuture.completedFuture(Admission.of(new Principal(said.user(), Set.of(said.user() + "s"))))
                : CompletableFuture.failedFuture(new AccessException("unknown user or wrong password"));
    }

    private RestHub(Authenticator authenticator, Duration longest) {
        EftlSettings settings = new EftlSettings(
                "127.0.0.1",
                0,
                List.of(EftlChannel.DEFAULT, BRIEF, CREW),
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                7,
                true,
                Set.of("https://app.example"),
                Optional.empty());
        gateway = new EftlGateway(settings, bus(authenticator), loops);
        rest = new EftlRest(gateway, new RestLimits(3, longest, 50, 64 << 10));
        address = gateway.start(rest.routes());
    }

    private static EftlChannel like(
            String name,
            boolean persistent,
            int maxMessage,
            Optional<String> publishers,
            Optional<String> subscribers) {
        EftlChannel other = EftlChannel.DEFAULT;
        return new EftlChannel(
                name,
                persistent,
                new EftlChannel.Limits(
                        maxMessage,
                        other.limits().maxPendingAcks(),
                        other.limits().maxQueue(),
                        other.limits().maxAway()),
                other.times(),
                other.signature(),
                new EftlChannel.Groups(publishers, subscribers),
                other.compress(),
                Optional.empty());
    }

    private Bus bus(Authenticator authenticator) {
        Counters counters = new Counters();
        Conductor conductor = new Conductor(conductorThread);
        MemoryStore store = new MemoryStore(StoreThread.on(storeThread, InstantSource.system()), DurableListener.NONE);
        return new Bus(
                new Router(conductor, store, RULES, counters),
                conductor,
                store,
                authenticator,
                RULES,
                counters,
                InstantSource.system(),
                OutboxLimits.DEFAULT,
                DurableSettings.DEFAULT.withRoom(50, 64 << 20, DurableSettings.WhenFull.REJECT));
    }

    String webSocket() {
        return "ws://127.0.0.1:" + address.getPort() + "/channel";
    }

    /** What is answered to {@code line}, a method and a path: status and body. */
    String say(String line, String... headers) {
        return text(later(line, BodyPublishers.noBody(), headers).join());
    }

    /** The same with a body. */
    String tell(String line, String body, String... headers) {
        return text(later(line, BodyPublishers.ofString(body), headers).join());
    }

    /** The same with a body in chunks. */
    String stream(String line, byte[]... chunks) {
        return text(later(line, BodyPublishers.ofByteArrays(List.of(chunks))).join());
    }

    /** What will be answered. */
    CompletableFuture<String> asks(String line, String... headers) {
        return later(line, BodyPublishers.noBody(), headers).thenApply(RestHub::text);
    }

    /** The whole answer. */
    CompletableFuture<HttpResponse<String>> later(String line, BodyPublisher body, String... headers) {
        String[] words = line.split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.getPort() + words[1]))
                .timeout(Duration.ofSeconds(30))
                .method(words[0], body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString(UTF_8));
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body().strip();
    }

    /** Returns when somebody reads the durable {@code d} of the client {@code rest}. */
    void awaitReader() {
        awaitReaders("eftl/channel/rest", "d", 1);
    }

    /** Returns when something of the durable {@code d} of the client {@code rest} is handed out and has not left the hub for a while. */
    void awaitStuck() {
        DurableName name = new DurableName("eftl/channel/rest", "d");
        int[] seen = {-1, -1};
        await().during(Duration.ofMillis(500)).until(() -> {
            DurableInfo now = gateway.bus().store().durables().find(name).join().orElseThrow();
            boolean still = now.out() > 0 && now.out() == seen[0] && now.waiting() == seen[1];
            seen[0] = now.out();
            seen[1] = now.waiting();
            return still;
        });
    }

    /** Returns when so many read the durable {@code of} of {@code scope}. */
    void awaitReaders(String scope, String of, int readers) {
        DurableName name = new DurableName(scope, of);
        await().until(() -> {
            Optional<DurableInfo> found =
                    gateway.bus().store().durables().find(name).join();
            return found.filter(durable -> durable.consumers() == readers).isPresent();
        });
    }

    /** A plain TCP connection. */
    Socket socket() throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** One that takes next to nothing which nobody reads: what is large does not leave the hub. */
    Socket narrowSocket() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(20_000);
        socket.connect(address);
        return socket;
    }

    /** Everything that is answered to {@code request} until the hub ends the connection. */
    String raw(byte[] request) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(request);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Override
    public void close() {
        rest.close();
        gateway.close();
        loops.close();
        conductorThread.shutdown();
        storeThread.shutdown();
    }
}

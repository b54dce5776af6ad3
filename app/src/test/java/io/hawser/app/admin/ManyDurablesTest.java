package io.hawser.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.admin.entry.Entrance;
import io.hawser.app.admin.entry.Notes;
import io.hawser.app.admin.entry.Visitor;
import io.hawser.app.admin.health.Health;
import io.hawser.app.text.JsonText;
import io.hawser.core.access.Access;
import io.hawser.core.access.Authenticator;
import io.hawser.core.count.Counters;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.Interest;
import io.hawser.core.route.Scope;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpRequest;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub with very many durables lists them page by page, and no event loop waits for that. */
@Timeout(120)
class ManyDurablesTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final int MANY = 100_000;

    private final ScheduledExecutorService storeThread = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService adminThread = Executors.newSingleThreadScheduledExecutor();
    private final Store store =
            new MemoryStore(StoreThread.on(storeThread, InstantSource.system()), DurableListener.NONE);
    private final Conductor conductor = new Conductor(storeThread);
    /** One loop for everything. */
    private final Loops loops = Loops.start(1, "test");

    private final HttpClient client = new HttpClient(loops.next(), HttpClient.Options.defaults());

    @BeforeEach
    void makeMany() {
        Interest interest = Interest.inTopic(TopicPattern.parse(">"), Scope.EVERYTHING);
        CompletableFuture<?>[] made = new CompletableFuture<?>[MANY];
        for (int n = 0; n < MANY; n++) {
            DurableName name = new DurableName("eftl/channel/c" + (MANY + n), "d");
            DurableSubscription durable = new DurableSubscription(name, interest);
            made[n] = store.durables()
                    .define(name, DurableSettings.DEFAULT, new byte[0])
                    .thenCombine(conductor.add(durable), (defined, added) -> name);
        }
        CompletableFuture.allOf(made).join();
    }

    @AfterEach
    void close() {
        client.close();
        loops.close();
        store.close();
        storeThread.shutdownNow();
        adminThread.shutdownNow();
    }

    private String start(Executor executor) {
        DurablesApi api = new DurablesApi(
                new Answers(executor), conductor, store.durables(), store.durables()::delete, InstantSource.system());
        Listener listener = AdminServer.start(
                        new AdminSettings("127.0.0.1", 0, Optional.of(TOKEN), Optional.empty()),
                        loops,
                        api.routes(),
                        new Health(loops.all(), List.of()).routes(),
                        entrance())
                .orElseThrow();
        return "http://127.0.0.1:" + listener.address().getPort();
    }

    private static Entrance entrance() {
        return new Entrance(
                TOKEN,
                Access.ALLOW_ALL,
                Authenticator.BELIEVE,
                InstantSource.system(),
                new SecureRandom(),
                new Notes() {
                    @Override
                    public HttpExchange of(Route route, HttpExchange exchange, Visitor visitor) {
                        return exchange;
                    }

                    @Override
                    public void refused(HttpRequest request, String who, String why) {}

                    @Override
                    public void entered(HttpRequest request, Visitor visitor) {}
                },
                new Counters());
    }

    private CompletableFuture<HttpResponse> get(String at) {
        return client.send(HttpCall.get(URI.create(at)).with("Authorization", "Bearer " + TOKEN));
    }

    @Test
    void areListedEachOnceInOrder() {
        String url = start(adminThread);
        List<String> owners = new ArrayList<>();
        for (int offset = 0; offset < MANY; offset += 1_000) {
            HttpResponse page =
                    get(url + "/api/v1/durables?limit=1000&offset=" + offset).join();
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            Fields told = JsonText.read(page.text());
            assertThat(told.find("total")).isEqualTo(Value.of(MANY));
            ((Value.Sequence) told.get("items").orElseThrow()).values().forEach(row -> {
                Fields durable = ((Value.Nested) row).fields();
                assertThat(durable.find("messages")).isEqualTo(Value.of(0));
                owners.add(durable.string("owner").orElseThrow());
            });
        }
        assertThat(owners)
                .isEqualTo(IntStream.range(0, MANY)
                        .mapToObj(n -> "eftl/channel/c" + (MANY + n))
                        .toList());
    }

    @Test
    void areNotWorkedOutOnALoop() {
        ConcurrentLinkedQueue<Runnable> held = new ConcurrentLinkedQueue<>();
        String url = start(held::add);
        CompletableFuture<HttpResponse> list = get(url + "/api/v1/durables?limit=1000");
        await().until(() -> !held.isEmpty());
        assertThat(get(url + "/healthz/live").join().status()).isEqualTo(200);
        assertThat(list).isNotDone();
        // what comes back from the store is written there too
        while (!list.isDone()) {
            Optional.ofNullable(held.poll()).ifPresent(Runnable::run);
        }
        assertThat(list.join().text()).startsWith("{\"total\":100000,\"offset\":0,\"items\":[{");
    }
}

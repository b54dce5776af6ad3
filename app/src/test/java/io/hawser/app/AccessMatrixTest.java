package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.hub.Hub;
import io.hawser.core.access.Action;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlKVMap;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that eFTL clients and callers of its REST can do, against rules that allow nothing, that alone, all but that, and
 * that with a denial: nothing is done that no rule allows, and nothing else is needed.
 */
@Timeout(120)
class AccessMatrixTest implements ConfigSource {
    /** {@code hunter2}: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private static final EftlMessage ON_T =
            EftlMessage.builder().setString("_dest", "t").setLong("x", 1).build();
    private static final String T = "{\"_dest\":\"t\"}";

    private final Path file;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Hub hub;
    private final EftlConnection alice;
    private int durables;

    AccessMatrixTest(@TempDir Path folder) throws IOException {
        file = folder.resolve("hawser.conf");
        write("\"allow alice admin.read nothing\"");
        hub = Hub.start(read(), this);
        alice = Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId("a").login("alice", "hunter2"))
                .join();
    }

    @AfterEach
    void closeHub() {
        alice.close();
        hub.close();
    }

    private void write(String rules) throws IOException {
        Files.writeString(file, """
                hawser {
                  eftl { port = 0, history-messages = 10, request-timeout = 1s }
                  retained.topics = ["t"]
                  users { alice { password = "HASH", groups = [crew] } }
                  rules = [RULES]
                }
                """.replace("HASH", HASH).replace("RULES", rules));
    }

    @Override
    public Configuration read() {
        return new ConfigReader(Map.of()).file(file).readAll();
    }

    @Override
    public void taken(Configuration now) {}

    /**
     * Something that can be done.
     *
     * @param action what must be allowed
     * @param topics where
     * @param doing does it; completes with why it was refused, empty if it was not
     */
    private record Deed(String name, Action action, String topics, Supplier<CompletableFuture<String>> doing) {}

    private static CompletableFuture<String> refusal(CompletableFuture<?> done) {
        return done.handle((result, failure) -> {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            String text = cause == null ? "" : String.valueOf(cause.getMessage());
            return text.contains(" may not ") ? text : "";
        });
    }

    private Deed deed(String name, Action action, String topics, Supplier<CompletableFuture<?>> doing) {
        return new Deed("eftl " + name, action, topics, () -> refusal(doing.get()));
    }

    private Deed rest(Action action, String topics, String method, String path, String body) {
        return new Deed("rest " + method + " " + path, action, topics, () -> {
            String basic = Base64.getEncoder().encodeToString("alice:hunter2".getBytes(StandardCharsets.UTF_8));
            URI at = URI.create(
                    hub.eftlUrl().replace("ws://", "http://") + "/v1/" + path.replace("NEW", "r" + durables++));
            HttpRequest request = HttpRequest.newBuilder(at)
                    .header("Authorization", "Basic " + basic)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenApply(answer -> answer.statusCode() == 403 ? answer.body() : "");
        });
    }

    private List<Deed> deeds() {
        SubscribeOptions topic = SubscribeOptions.matching(T);
        EftlKVMap map = alice.createKVMap("m");
        List<Deed> deeds = new ArrayList<>(List.of(
                deed("publish", Action.PUBLISH, "t", () -> alice.publish(ON_T)),
                deed("request", Action.REQUEST, "t", () -> alice.sendRequest(ON_T, Duration.ofMillis(100))),
                deed("subscribe", Action.SUBSCRIBE, "t", () -> alice.subscribe(topic, message -> {})),
                deed(
                        "durable",
                        Action.SUBSCRIBE,
                        "t",
                        () -> alice.subscribe(topic.durable("d" + durables++), message -> {})),
                deed(
                        "shared durable",
                        Action.SUBSCRIBE,
                        "t",
                        () -> alice.subscribe(topic.sharedDurable("s" + durables++), message -> {})),
                deed(
                        "last-value durable",
                        Action.SUBSCRIBE,
                        "t",
                        () -> alice.subscribe(
                                SubscribeOptions.matching("{\"_dest\":\"t\",\"k\":\"v\"}")
                                        .lastValueDurable("l" + durables++, "k"),
                                message -> {})),
                deed("history", Action.SUBSCRIBE, "t", () -> alice.subscribe(topic.since(0), message -> {})),
                deed("map set", Action.KV_WRITE, "m/k", () -> map.set("k", ON_T)),
                deed("map get", Action.KV_READ, "m/k", () -> map.get("k")),
                deed("map remove", Action.KV_WRITE, "m/k", () -> map.remove("k")),
                deed("map drop", Action.KV_WRITE, "m/>", () -> alice.removeKVMap("m"))));
        deeds.add(rest(Action.PUBLISH, "t", "POST", "publish", "{\"_dest\":\"t\",\"x\":1}"));
        deeds.add(rest(Action.REQUEST, "t", "POST", "request?timeout=1", "{\"_dest\":\"t\",\"x\":1}"));
        deeds.add(rest(Action.SUBSCRIBE, "t", "POST", "subscribe/NEW", T));
        deeds.add(rest(Action.KV_WRITE, "m/k", "POST", "kvmap/m/k", "{\"x\":1}"));
        deeds.add(rest(Action.KV_READ, "m/k", "GET", "kvmap/m/k", ""));
        deeds.add(rest(Action.KV_WRITE, "m/k", "DELETE", "kvmap/m/k", ""));
        return deeds;
    }

    private String refusal(Deed deed, String rules) throws IOException {
        write(rules);
        hub.reload().run();
        return deed.doing().get().join();
    }

    @Test
    void nothingIsDoneThatNoRuleAllowsAndNothingElseIsNeeded() throws IOException {
        for (Deed deed : deeds()) {
            String label = deed.action().label();
            String others =
                    Action.labels().stream().filter(each -> !each.equals(label)).collect(Collectors.joining(","));
            String own = "\"allow alice " + label + " " + deed.topics() + "\"";
            String name = deed.name() + " by " + label;
            assertThat(refusal(deed, "\"allow alice admin.read nothing\""))
                    .as(name + ", nothing allowed")
                    .contains("alice may not " + label);
            assertThat(refusal(deed, own)).as(name + ", that alone allowed").isEmpty();
            assertThat(refusal(deed, "\"allow @crew " + label + " " + deed.topics() + "\""))
                    .as(name + ", allowed to its group")
                    .isEmpty();
            assertThat(refusal(deed, "\"allow alice " + others + " >\", \"allow alice " + label + " elsewhere/>\""))
                    .as(name + ", all else allowed")
                    .contains("alice may not " + label);
            assertThat(refusal(deed, "\"allow * * >\", \"deny @crew " + label + " " + deed.topics() + "\""))
                    .as(name + ", denied to its group")
                    .contains("alice may not " + label);
        }
    }
}

package io.hawser.verify.link;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A whole hub of loopback, and the programs that a test connects to it; closing it closes them all. */
final class LinkedHub implements AutoCloseable {
    private static final String TOKEN = "0123456789abcdef";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Hub hub;
    private final Deque<Runnable> programs = new ArrayDeque<>();

    /** On free ports, unless {@code settings} say otherwise. */
    LinkedHub(Map<String, ?> settings) {
        ConfigReader config = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN);
        settings.forEach((key, value) -> config.flag("test", key, value));
        hub = Hub.start(config.read());
    }

    String url() {
        return hub.eftlUrl();
    }

    int port() {
        return hub.eftlAddress().getPort();
    }

    /** An eFTL client. */
    EftlConnection client(String id) {
        EftlConnection connection =
                Eftl.connect(url(), EftlOptions.defaults().clientId(id)).join();
        programs.push(connection::close);
        return connection;
    }

    /** What somebody hears who wants everything. */
    List<String> listener(String id) {
        return heard(client(id), SubscribeOptions.everything());
    }

    /** The same of what was published behind the store id {@code since} too. */
    List<String> listener(String id, long since) {
        return heard(client(id), since);
    }

    /** What {@code connection} hears of what was published behind the store id {@code since}, and from now on. */
    static List<String> heard(EftlConnection connection, long since) {
        return heard(connection, SubscribeOptions.everything().since(since));
    }

    /** Who said it, its topic and its text; of who comes and goes nothing. */
    private static List<String> heard(EftlConnection connection, SubscribeOptions wanted) {
        List<String> heard = new CopyOnWriteArrayList<>();
        connection
                .subscribe(wanted, message -> {
                    String topic = message.topic().orElse("?");
                    if (!topic.endsWith("/state")) {
                        heard.add(message.from().orElse("?") + " " + topic + " "
                                + message.getString("text").orElse("-"));
                    }
                })
                .join();
        return heard;
    }

    /** A message with a text. */
    static EftlMessage says(String topic, String text) {
        return EftlMessage.of(
                Fields.builder().put("_dest", topic).put("text", text).build());
    }

    /** What the hub tells about its links. */
    String links() {
        HttpRequest asked = HttpRequest.newBuilder(URI.create(hub.adminUrl().orElseThrow() + "/api/v1/links"))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try {
            return HTTP.send(asked, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** True if as many links are up. */
    boolean up(int links) {
        return links().split("\"state\":\"up\"", -1).length == links + 1;
    }

    @Override
    public void close() {
        while (!programs.isEmpty()) {
            programs.pop().run();
        }
        hub.close();
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A hub with an admin listener, somebody who asks it over HTTP, and the command line. */
abstract class AdminStage {
    static final String TOKEN = "0123456789abcdef";

    final Hub hub;
    final String url;
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private String piped = "";
    private final Loops loops = Loops.start(1, "test");
    private final HttpClient client = new HttpClient(loops.next(), HttpClient.Options.defaults());

    /** A hub with {@code settings} beside its ports and its token. */
    AdminStage(Map<String, ?> settings) {
        ConfigReader config = new ConfigReader(Map.of())
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "admin.token", TOKEN);
        settings.forEach((key, value) -> config.flag("test", key, value));
        hub = Hub.start(config.read());
        url = hub.adminUrl().orElseThrow();
    }

    @AfterEach
    void closeStage() {
        client.close();
        loops.close();
        hub.close();
    }

    /** An eFTL client. */
    EftlConnection connect(String id) {
        return Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().clientId(id)).join();
    }

    /** What the hub answers to whom it does not know. */
    HttpResponse send(HttpCall call) {
        return client.send(call).join();
    }

    HttpResponse get(String path) {
        return ask("GET", path);
    }

    HttpResponse ask(String method, String path) {
        return send(HttpCall.of(method, URI.create(url + path)).with("Authorization", "Bearer " + TOKEN));
    }

    HttpResponse post(String path, String json) {
        return send(HttpCall.of("POST", URI.create(url + path))
                .with("Authorization", "Bearer " + TOKEN)
                .with("application/json", json.getBytes(StandardCharsets.UTF_8)));
    }

    /** What is piped into the commands that follow. */
    void pipe(String text) {
        piped = text;
    }

    /** Runs a command for the hub; returns its exit code. */
    int run(String... arguments) {
        return run(Map.of("HAWSER_TOKEN", TOKEN), arguments);
    }

    /** The same with these variables and the hub's address. */
    int run(Map<String, String> variables, String... arguments) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.putIfAbsent("HAWSER_ADMIN_URL", url);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment,
                InstantSource.system(),
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal, arguments).execute(arguments);
    }

    /** The lines that a command prints, which must do well. */
    List<String> lines(String... arguments) {
        out.getBuffer().setLength(0);
        assertThat(run(arguments)).as(err.toString()).isZero();
        return out.toString().lines().toList();
    }

    /** The first of the objects that a command prints. */
    Fields json(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "-o";
        all[arguments.length + 1] = "json";
        return JsonText.read(lines(all).get(0));
    }
}

package io.hawser.verify.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.hub.Hub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A hub with a ground station in a process of its own. An operator there calls its admin listener, told by lines on standard input
 * what to do, and tells the answers by lines.
 */
public final class StationProgram {
    private static final String TOKEN = "0123456789abcdef";

    private final HttpClient operator = HttpClient.newHttpClient();
    private final String url;

    private StationProgram(String url) {
        this.url = url + "/api/v1/fleet";
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        ConfigReader config = new ConfigReader(Map.of());
        Map<String, ?> ports = Map.of("eftl.port", 0, "admin.port", 0, "clever.port", 25_000);
        ports.forEach((key, value) -> config.flag("test", key, value));
        config.flag("test", "admin.token", TOKEN)
                .flag("test", "clever.enabled", true)
                .flag("test", "clever.host", "0.0.0.0")
                .flag("test", "clever.insecure", true)
                .flag("test", "clever.announce.enabled", false);
        try (Hub hub = Hub.start(config.read())) {
            StationProgram station = new StationProgram(hub.adminUrl().orElseThrow());
            System.out.println("up");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                station.obey(line.split(" ", 4));
            }
        }
    }

    /** {@code ls}, or {@code tell COPTER ACTION NUMBER}. */
    private void obey(String[] words) {
        if (words[0].equals("ls")) {
            call(HttpRequest.newBuilder(URI.create(url))).thenAccept(answer -> System.out.println("ls " + answer));
            return;
        }
        String body = "{\"copters\":[\"" + words[1] + "\"],\"action\":\"" + words[2] + "\""
                + (words[2].equals("mark") ? ",\"kwargs\":{\"n\":" + words[3] + "}}" : "}");
        System.out.println("said " + words[3] + " " + System.nanoTime());
        call(HttpRequest.newBuilder(URI.create(url + "/command"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .thenAccept(answer -> System.out.println("result " + words[3] + " "
                        + (answer.contains("\"done\":true") ? "done " : "failed ") + System.nanoTime() + " " + answer));
    }

    private CompletableFuture<String> call(HttpRequest.Builder request) {
        return operator.sendAsync(
                        request.header("Authorization", "Bearer " + TOKEN).build(), BodyHandlers.ofString())
                .thenApply(response -> response.body().replaceAll("\\s+", " "));
    }
}

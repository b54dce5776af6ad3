package io.hawser.app.admin.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.Listener;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Routes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthTest {
    private final Loops own = Loops.start(1, "own");
    private final Loops others = Loops.start(2, "others");
    private final HttpClient client = new HttpClient(own.next(), HttpClient.Options.defaults());
    private volatile boolean room = true;
    private final Listener listener = HttpServer.bind(
            own,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            HttpServer.Options.of(new Routes(new Health(
                            Stream.concat(own.all().stream(), others.all().stream())
                                    .toList(),
                            List.of(new Check("store", () -> true), new Check("disk", () -> room)))
                    .routes())));

    @AfterEach
    void stop() {
        client.close();
        listener.close();
        others.close();
        own.close();
    }

    private HttpResponse get(String path) {
        return client.send(HttpCall.get(
                        URI.create("http://127.0.0.1:" + listener.address().getPort() + path)))
                .join();
    }

    private void says(String path, int status, String body) {
        HttpResponse answer = get(path);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void aHubWhoseLoopsAnswerLives() {
        says("/healthz/live", 200, "{\"status\":\"ok\",\"checks\":{\"loops\":\"ok\"}}");
        says("/livez", 200, "{\"status\":\"ok\",\"checks\":{\"loops\":\"ok\"}}");
    }

    @Test
    void oneWithALoopThatDoesNotAnswerDoesNotUntilItDoesAgain() {
        CountDownLatch stuck = new CountDownLatch(1);
        Loop loop = others.next();
        loop.execute(() -> {
            try {
                stuck.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        });
        says("/livez", 503, "{\"status\":\"failed\",\"checks\":{\"loops\":\"failed\"}}");
        says("/readyz", 200, "{\"status\":\"ok\",\"checks\":{\"store\":\"ok\",\"disk\":\"ok\"}}");
        stuck.countDown();
        says("/livez", 200, "{\"status\":\"ok\",\"checks\":{\"loops\":\"ok\"}}");
    }

    @Test
    void oneThatLacksSomethingLivesAndIsNotReady() {
        room = false;
        says("/healthz/ready", 503, "{\"status\":\"failed\",\"checks\":{\"store\":\"ok\",\"disk\":\"failed\"}}");
        says("/livez", 200, "{\"status\":\"ok\",\"checks\":{\"loops\":\"ok\"}}");
        room = true;
        says("/readyz", 200, "{\"status\":\"ok\",\"checks\":{\"store\":\"ok\",\"disk\":\"ok\"}}");
    }
}

package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.app.access.PasswordHash;
import io.hawser.app.access.Token;
import io.hawser.net.http.HttpCall;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * S10: what nobody else may know, and what messages say, is never in the log, however much is logged, nor in errors and answers of the
 * admin listener.
 */
@Timeout(60)
class SecretsTest extends AdminStage {
    private static final String PASSWORD = "canary-password-1Zx";
    private static final String WRONG = "canary-guess-2Yw";
    private static final String TOKEN_OF_DRONE = Token.random(new SecureRandom());
    private static final String WRONG_TOKEN = Token.random(new SecureRandom());
    private static final String PAYLOAD = "canary-payload-3Xv";
    private static final List<String> CANARIES = List.of(
            TOKEN,
            PASSWORD,
            WRONG,
            TOKEN_OF_DRONE,
            WRONG_TOKEN,
            PAYLOAD,
            basic("alice", PASSWORD),
            basic("alice", WRONG));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.hawser");
    private final Level level = ours.getLevel();

    SecretsTest() {
        super(Map.of(
                "users.alice.password", PasswordHash.of(PASSWORD).text(),
                "tokens.drone.sha256", Token.digest(TOKEN_OF_DRONE),
                "rules", List.of("allow * * >", "deny drone publish forbidden")));
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    @BeforeEach
    void listen() {
        ours.setLevel(Level.TRACE);
        log.start();
        ours.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        ours.detachAppender(log);
        ours.setLevel(level);
    }

    private boolean logged(String words) {
        return List.copyOf(log.list).stream()
                .anyMatch(line -> line.getFormattedMessage().contains(words));
    }

    private void publish(String user, String password, String topic, int exit) {
        Map<String, String> who = Map.of("HAWSER_USER", user, "HAWSER_PASSWORD", password, "HAWSER_URL", hub.eftlUrl());
        assertThat(run(who, "pub", topic, "text=" + PAYLOAD)).as(err.toString()).isEqualTo(exit);
    }

    @Test
    void areNeitherLoggedNorTold() {
        publish("alice", PASSWORD, "robot/1", 0);
        publish("alice", WRONG, "robot/1", 4);
        publish("$token", TOKEN_OF_DRONE, "robot/1", 0);
        publish("$token", WRONG_TOKEN, "robot/1", 4);
        publish("$token", TOKEN_OF_DRONE, "forbidden", 4);
        String inUrl = hub.eftlUrl().replace("//", "//alice:" + WRONG + "@");
        assertThat(run("pub", "-s", inUrl, "robot/1", "text=" + PAYLOAD)).isEqualTo(4);
        sayNonsense();
        callByRest();
        for (String resource :
                List.of("clients", "subscriptions", "durables", "counters", "links", "retained", "nothing")) {
            out.append(get("/api/v1/" + resource).text());
            out.append(send(HttpCall.get(URI.create(url + "/api/v1/" + resource))
                            .with("Authorization", "Bearer " + WRONG_TOKEN))
                    .text());
        }
        await().until(() -> logged("login refused") && logged("malformed frame") && logged("logged in"));
        for (ILoggingEvent line : List.copyOf(log.list)) {
            assertThat(line.getFormattedMessage()).doesNotContain(CANARIES);
            assertThat(line.getThrowableProxy()).isNull();
        }
        assertThat(err.toString()).doesNotContain(CANARIES);
        assertThat(out.toString()).doesNotContain(CANARIES);
    }

    /** What is no frame, what is no login, and both with secrets in them. */
    private void sayNonsense() {
        HttpClient client = HttpClient.newHttpClient();
        for (String nonsense : List.of(
                PAYLOAD,
                "{\"op\":1,\"user\":" + PASSWORD + "}",
                "{\"op\":8,\"body\":{\"text\":\"" + PAYLOAD + "\"}}",
                "{\"op\":1,\"user\":\"alice\",\"password\":{\"" + PASSWORD + "\":1}}",
                "{\"op\":1,\"protocol\":\"" + PAYLOAD + "\",\"password\":\"" + PASSWORD + "\"}")) {
            WebSocket socket = client.newWebSocketBuilder()
                    .subprotocols("v1.eftl.tibco.com")
                    .buildAsync(URI.create(hub.eftlUrl()), new WebSocket.Listener() {})
                    .join();
            socket.sendText(nonsense, true).join();
            await().until(socket::isInputClosed);
        }
    }

    private void callByRest() {
        String rest = hub.eftlUrl().replace("ws://", "http://") + "/v1/publish";
        for (String credentials : List.of(
                "Basic " + basic("alice", PASSWORD),
                "Basic " + basic("alice", WRONG),
                "Bearer " + TOKEN_OF_DRONE,
                "Bearer " + WRONG_TOKEN,
                "Basic " + PASSWORD)) {
            for (String body : List.of("{\"text\":\"" + PAYLOAD + "\"}", PAYLOAD)) {
                out.append(send(HttpCall.of("POST", URI.create(rest))
                                .with("Authorization", credentials)
                                .with("application/json", body.getBytes(UTF_8)))
                        .text());
            }
        }
    }
}

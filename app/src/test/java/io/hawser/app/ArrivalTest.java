package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlConnectionListener;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Why is it not arriving? What a hub says of that. */
class ArrivalTest extends AdminStage {
    /** {@code hunter2}; a cheap one: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    ArrivalTest() {
        super(Map.of(
                "users",
                Map.of("alice", Map.of("password", HASH), "bob", Map.of("password", HASH, "groups", List.of("pilots"))),
                "rules",
                List.of("allow alice * >", "allow @pilots subscribe robot/>", "deny bob subscribe robot/secret")));
    }

    private EftlConnection login(String user, String id, EftlConnectionListener listener) {
        EftlOptions options = EftlOptions.defaults()
                .login(user, "hunter2")
                .clientId(id)
                .autoReconnectAttempts(0)
                .listener(listener);
        return Eftl.connect(hub.eftlUrl(), options).join();
    }

    private EftlConnection login(String user, String id) {
        return login(user, id, new EftlConnectionListener() {});
    }

    private static void hear(EftlConnection connection, SubscribeOptions what) {
        connection.subscribe(what, message -> {}).join();
    }

    @Test
    void saysThatNobodyWouldGetIt() {
        assertThat(lines("subs", "--for", "robot/7")).isEmpty();
        assertThat(err.toString()).contains("nobody would hear robot/7");
    }

    @Test
    void tellsWhoWouldGetATopicAndWhoNotAndWhy() {
        try (EftlConnection alice = login("alice", "gcs");
                EftlConnection bob = login("bob", "pad")) {
            hear(alice, SubscribeOptions.everything());
            hear(alice, SubscribeOptions.matching("{\"lat\":true}").regexp("^GPS"));
            hear(alice, SubscribeOptions.matching("{\"_dest\":\"other/*\"}"));
            hear(
                    alice,
                    SubscribeOptions.matching("{\"_dest\":\"robot/secret\"}").durable("kept"));
            hear(bob, SubscribeOptions.matching("{\"_dest\":\"robot/*\"}"));

            assertThat(lines("subs", "--for", "robot/secret", "--as", "bob"))
                    .containsExactlyInAnyOrder(
                            "kind=publisher  owner=bob  topic=robot/secret  verdict=no  why=bob may not publish on"
                                    + " robot/secret",
                            "kind=durable  owner=eftl/channel/alice@gcs  name=kept  topic=robot/secret  verdict=yes"
                                    + "  delivery=kept until its consumer takes it",
                            "kind=live  owner=gcs  topic=>  verdict=yes",
                            "kind=live  owner=gcs  topic=>  match={\"lat\":true}  regexp=^GPS  verdict=if"
                                    + "  why=its fields match, and its text matches",
                            "kind=live  owner=pad  topic=robot/*  verdict=no  why=bob may not subscribe to"
                                    + " robot/secret");
            assertThat(lines("subs", "--for", "robot/7"))
                    .contains("kind=live  owner=pad  topic=robot/*  verdict=yes")
                    .noneMatch(line -> line.contains("kept") || line.contains("other"));
            assertThat(run("subs", "--for", "robot/*")).isEqualTo(2);
            assertThat(err.toString()).contains("a topic must not hold '*'");
            assertThat(run("subs", "--as", "bob")).isEqualTo(2);
        }
    }

    @Test
    void knowsWhatHappenedToAClientAlsoWhenItHasGone() {
        try (EftlConnection bob = login("bob", "pad")) {
            hear(bob, SubscribeOptions.matching("{\"_dest\":\"robot/*\"}"));
            assertThat(bob.publish(EftlMessage.ofText("x"))).failsWithin(10, TimeUnit.SECONDS);
            assertThat(bob.subscribe(SubscribeOptions.matching("{\"_dest\":\"x\"}"), message -> {}))
                    .failsWithin(10, TimeUnit.SECONDS);
            assertThat(lines("client", "info", "pad"))
                    .singleElement()
                    .asString()
                    .contains("user=bob", "state=here");
        }
        assertThat(Eftl.connect(hub.eftlUrl(), EftlOptions.defaults().login("bob", "wrong")))
                .failsWithin(10, TimeUnit.SECONDS);

        await().until(() -> run("client", "info", "pad") == 6);
        assertThat(lines("client", "events", "pad", "-o", "raw"))
                .satisfiesExactly(
                        line -> assertThat(line).containsPattern("\tconnected\tfrom /127.0.0.1:\\d+$"),
                        line -> assertThat(line).contains("\tsubscribed\t", "robot/*"),
                        line -> assertThat(line).contains("\trefused\tbob may not publish on"),
                        line -> assertThat(line).contains("\tunsubscribed\t", "bob may not subscribe to x"),
                        line -> assertThat(line).contains("\tdisconnected\t"));
        assertThat(lines("client", "events", "channel/(refused)", "-o", "raw"))
                .singleElement()
                .asString()
                .contains("\tdenied\t", "unknown user or wrong password");
        assertThat(run("client", "events", "nobody")).isEqualTo(6);
    }

    @Test
    void sendsAClientAway() {
        CompletableFuture<String> told = new CompletableFuture<>();
        try (EftlConnection bob = login("bob", "pad", new EftlConnectionListener() {
            @Override
            public void disconnected(EftlConnection connection, int code, String reason) {
                told.complete(code + " " + reason);
            }
        })) {
            assertThat(bob.isConnected()).isTrue();
            assertThat(lines("client", "kick", "pad", "--reason", "enough")).hasSize(1);
            assertThat(told).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("4000 enough");
        }
        assertThat(run("client", "kick", "pad")).isEqualTo(6);
    }

    @Test
    void listsTheSlowestFirst() {
        try (EftlConnection alice = login("alice", "a");
                EftlConnection other = login("alice", "b")) {
            hear(other, SubscribeOptions.matching("{\"x\":1}"));
            alice.publish(EftlMessage.builder().setLong("x", 1).build()).join();
            assertThat(json("top", "--sort", "out", "--top", "1").string("id")).contains("b");
            assertThat(lines("top", "--sort", "in")).hasSize(2);
            assertThat(run("top", "--top", "0")).isEqualTo(2);
        }
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code trace}: what becomes of single messages. */
@Timeout(60)
class TraceTest extends AdminStage {
    TraceTest() {
        super(Map.of("rules", List.of("deny * publish secret/>", "allow * * >")));
    }

    /** The lines of a trace that {@code deeds} happen in. */
    private List<Fields> traced(Runnable deeds, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-o", "json", "--for", "30s"));
        CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(() -> run(all.toArray(String[]::new)));
        await().until(() -> err.toString().contains("tracing"));
        deeds.run();
        assertThat(ended.orTimeout(30, TimeUnit.SECONDS).join()).isZero();
        return out.toString().lines().map(JsonText::read).toList();
    }

    private static void say(EftlConnection client, String topic) {
        client.publish(EftlMessage.builder().setString("_dest", topic).build())
                .handle((done, failure) -> done)
                .join();
    }

    private static String steps(List<Fields> events) {
        return String.join(
                " ",
                events.stream()
                        .map(event -> event.string("step").orElse("")
                                + event.string("to").map(to -> ":" + to).orElse(""))
                        .toList());
    }

    @Test
    void aTopicIsFollowedFromItsPublisherToWhoHearsIt() {
        try (EftlConnection one = connect("one");
                EftlConnection two = connect("two")) {
            two.subscribe(SubscribeOptions.matching("{\"_dest\":\"robot/>\"}"), message -> {})
                    .join();
            two.subscribe(SubscribeOptions.matching("{\"_dest\":\"robot/7\"}").durable("kept"), message -> {})
                    .join();
            List<Fields> events = traced(
                    () -> {
                        say(one, "other/7");
                        say(one, "robot/7");
                    },
                    "topic",
                    "robot/*",
                    "--count",
                    "4");
            assertThat(steps(events).split(" ", -1))
                    .startsWith("arrived")
                    .containsExactlyInAnyOrder("arrived", "matched:two", "stored:kept", "delivered:two");
            assertThat(events.get(0).string("from")).contains("eftl:one");
            assertThat(events).allMatch(event -> event.string("topic").equals(Optional.of("robot/7")));
        }
    }

    @Test
    void aClientIsFollowedAsItSaysAndHearsAndTheRuleThatRefusesIsNamed() {
        try (EftlConnection one = connect("one");
                EftlConnection two = connect("two")) {
            two.subscribe(SubscribeOptions.everything(), message -> {}).join();
            List<Fields> events = traced(
                    () -> {
                        say(two, "secret/1");
                        say(one, "a");
                    },
                    "client",
                    "two",
                    "--count",
                    "3");
            assertThat(steps(events)).isEqualTo("refused matched:two delivered:two");
            assertThat(events.get(0).string("detail"))
                    .hasValueSatisfying(why -> assertThat(why).contains("may not publish on secret/1"));
            assertThat(events.get(1).string("detail")).contains("subscribed to >");
            assertThat(steps(traced(() -> say(one, "b"), "ip", "127.0.0.1", "--count", "3")))
                    .isEqualTo("arrived matched:two delivered:two");
        }
        assertThat(lines("audit").toString()).contains("/api/v1/traces");
    }

    @Test
    void tracesAreFewAndEnd() {
        for (int i = 0; i < 4; i++) {
            assertThat(post("/api/v1/traces", "{\"topic\":\">\",\"seconds\":60}")
                            .status())
                    .isEqualTo(200);
        }
        assertThat(post("/api/v1/traces", "{\"topic\":\">\"}").status()).isEqualTo(409);
        assertThat(run("trace", "topic", ">")).isEqualTo(1);
        assertThat(err.toString()).contains("there are 4 traces already");
        assertThat(ask("DELETE", "/api/v1/traces/1").status()).isEqualTo(200);
        assertThat(get("/api/v1/traces/1").status()).isEqualTo(404);
        assertThat(post("/api/v1/traces", "{\"topic\":\">\",\"seconds\":3601}").status())
                .isEqualTo(400);
        assertThat(post("/api/v1/traces", "{\"topic\":\"a/>/b\"}").status()).isEqualTo(400);
        assertThat(post("/api/v1/traces", "{\"user\":\"a\"}").status()).isEqualTo(400);
        assertThat(post("/api/v1/traces", "{\"topic\":\">\",\"seconds\":1}").status())
                .isEqualTo(200);
        await().until(() -> get("/api/v1/traces").text().startsWith("{\"total\":3,"));
    }
}

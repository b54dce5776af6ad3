package io.hawser.verify.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverHandlers;
import io.hawser.clever.CleverPeer;
import io.hawser.clever.CleverRefusedException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlException;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlRefusedException;
import io.hawser.eftl.EftlTimeoutException;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.registry.command.CommandQuery;
import io.hawser.iot.registry.command.CommandState;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks, whomever it asks: an answer, a failure or an end of waiting, in the asker's own terms. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class RequestsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final WholeHub hub;
    private final EftlConnection page;

    RequestsTest(@TempDir Path folder) {
        hub = new WholeHub(folder, reader -> reader.flag("test", "eftl.request-timeout", "1s"));
        page = hub.client("page");
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private Fields ask(String topic, String field, Value value) {
        Fields fields = Fields.builder().put(field, value).put("_dest", topic).build();
        try {
            return page.sendRequest(EftlMessage.of(fields), LONG).join().fields();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof EftlException told ? told : failed;
        }
    }

    @Test
    void aPageAsksADeviceWhichDoesItOrSaysWhyNot() throws Exception {
        VirtualDevice pump = hub.device("pump-1");
        pump.setCallable("turn", angle -> {
            if ((Double) angle.orElse(0.0) > 1) {
                throw new IllegalStateException("it is stuck");
            }
        });
        assertThat(ask("iot/pump-1/actions/turn", "value", Value.of(0.5)).string("state"))
                .contains("completed");
        assertThatThrownBy(() -> ask("iot/pump-1/actions/turn", "value", Value.of(2.5)))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageContaining("it is stuck")
                .extracting(failure -> ((EftlException) failure).code())
                .isEqualTo(41);
        assertThatThrownBy(() -> ask("iot/pump-1/actions/turn", "value", Value.of("left")))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageContaining("turn");
        assertThatThrownBy(() -> ask("iot/nobody/actions/turn", "value", Value.of(0.5)))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageContaining("no device of that name")
                .extracting(failure -> ((EftlException) failure).code())
                .isEqualTo(42);
    }

    @Test
    void whatADeviceWasNotThereForInTimeItDoesNotDoLater() throws Exception {
        Path file = hub.provisioned("pump-2");
        try (DirectlyConnectedDevice device = hub.connected(file)) {
            device.activate(WholeHub.URN);
        }
        assertThatThrownBy(() -> ask("iot/pump-2/actions/turn", "value", Value.of(0.5)))
                .isInstanceOf(EftlTimeoutException.class)
                .hasMessageContaining("1 s");
        String id = hub.ask(registry -> CompletableFuture.completedFuture(
                registry.devices().named("pump-2").orElseThrow().id()));
        await().until(
                        () -> hub
                                .ask(registry -> CompletableFuture.completedFuture(
                                        registry.commands().list(CommandQuery.of(id, 10))))
                                .stream()
                                .allMatch(command -> command.state() == CommandState.EXPIRED));
        AtomicInteger turned = new AtomicInteger();
        DirectlyConnectedDevice back = hub.connected(file);
        VirtualDevice pump = back.createVirtualDevice(back.getEndpointId(), back.getDeviceModel(WholeHub.URN));
        pump.setCallable("turn", angle -> turned.incrementAndGet());
        assertThat(ask("iot/pump-2/actions/turn", "value", Value.of(0.25)).string("state"))
                .contains("completed");
        assertThat(turned).hasValue(1);
    }

    @Test
    void aPageAsksADroneWhichAnswersOrSaysWhyNot() {
        hub.copter(
                "copter-1",
                new CleverHandlers()
                        .onRequest("position", call -> Value.of("1 2 3"))
                        .onRequest("selfcheck", call -> {
                            throw new IllegalStateException("no lidar");
                        }));
        await().until(() -> answers("clever/copter-1/request/id"));
        assertThat(ask("clever/copter-1/request/position", "_", Value.of(1)))
                .isEqualTo(Fields.of("value", Value.of("1 2 3")));
        assertThatThrownBy(() -> ask("clever/copter-1/request/selfcheck", "_", Value.of(1)))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageContaining("no lidar");
        assertThatThrownBy(() -> ask("clever/copter-9/request/position", "_", Value.of(1)))
                .isInstanceOf(EftlRefusedException.class)
                .hasMessageContaining("nobody is there");
    }

    private boolean answers(String topic) {
        try {
            ask(topic, "_", Value.of(1));
            return true;
        } catch (EftlException notYet) {
            return false;
        }
    }

    @Test
    void anOperatorAsksAnAgentByRest() throws Exception {
        IvyAgent agent = hub.agent("SIM", "lab", new IvyListener() {
            @Override
            public void direct(IvyClient client, int number, String text) {
                if (number == 7) {
                    client.direct(7, text + " 120 m");
                }
            }
        });
        await().until(() -> agent.client("HAWSER").isPresent());
        await().untilAsserted(() -> assertThat(rest("ivy/lab/SIM/direct/7", "how high?", "5"))
                .isEqualTo("200 {\"reply\":{\"text\":\"how high? 120 m\"}}"));
        assertThat(rest("ivy/lab/SIM/direct/8", "how fast?", "0.2"))
                .isEqualTo("504 {\"error\":{\"code\":99,\"reason\":\"no reply came within 0.2 s\"}}");
        assertThat(rest("ivy/lab/SIM/direct/seven", "how high?", "5"))
                .startsWith("400 {\"error\":{\"code\":41,")
                .contains("a number in its topic");
        assertThat(rest("ivy/lab/NOBODY/direct/7", "how high?", "5"))
                .isEqualTo("404 {\"error\":{\"code\":42,\"reason\":\"nobody is there who could reply\"}}");
    }

    private String rest(String topic, String text, String seconds) throws IOException, InterruptedException {
        URI uri = URI.create(hub.hub().eftlUrl().replace("ws://", "http://") + "/v1/request?timeout=" + seconds);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"_dest\":\"" + topic + "\",\"text\":\"" + text + "\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().strip();
    }

    @Test
    void aCopterAsksAPageAndIsToldIfNobodyAnswers() {
        hub.client("answerer")
                .subscribe(
                        SubscribeOptions.matching("{\"_dest\":\"clever/copter-2/asks/wind\"}"),
                        request -> page.sendReply(request, EftlMessage.of(Fields.of("value", Value.of(4.5)))))
                .join();
        CleverPeer copter = hub.copter("copter-2", new CleverHandlers());
        await().until(() -> answers("clever/copter-2/request/id"));
        assertThat(copter.request("wind").join()).isEqualTo(Value.of(4.5));
        assertThatThrownBy(() -> copter.request("rain").join())
                .hasCauseInstanceOf(CleverRefusedException.class)
                .hasMessageContaining("nobody is there");
    }
}

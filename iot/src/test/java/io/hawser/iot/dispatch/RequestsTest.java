package io.hawser.iot.dispatch;

import static io.hawser.iot.dispatch.Stage.options;
import static io.hawser.iot.dispatch.Stage.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.wire.IotMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests of the server: how they come, who answers, and what is answered ({@code specs/iot.md} 1.7.3, 3.3, 3.5). */
class RequestsTest {
    private static final String OWN = "deviceModels/urn:oracle:iot:dcd:capability:";

    private final List<IotMessage> sent = new ArrayList<>();

    @Test
    void theServerIsToldOfFiveResourcesAtTheStart() {
        Stage stage = new Stage(options());
        stage.hears("poll 4190 held", "post REPORT");
        stage.dispatcher().onDelivery(sent::addAll);
        stage.accepts();
        IotMessage.ResourcesReport report = (IotMessage.ResourcesReport) sent.get(0);
        assertThat(report.endpointName()).isEqualTo(Stage.ENDPOINT);
        assertThat(report.head().source()).isEqualTo(Stage.ENDPOINT);
        assertThat(report.resources())
                .allSatisfy(each -> assertThat(each.name()).isEqualTo(each.path()))
                .extracting(each -> each.path().replace(OWN, "") + " " + each.methods())
                .containsExactly(
                        "message_dispatcher/counters [GET]",
                        "message_dispatcher/reset [PUT]",
                        "message_dispatcher/pollingInterval [GET, PUT]",
                        "diagnostics/info [GET]",
                        "diagnostics/testConnectivity [GET, PUT]");
    }

    @Test
    void aRequestIsRoutedAndAnswered() {
        Stage stage = Stage.started();
        stage.dispatcher().onDelivery(sent::addAll);
        stage.dispatcher().requests().register(Stage.ENDPOINT, "/lamp", request -> Answer.text(202, request.method()));
        stage.pollBrings(request("r1", "PUT", "lamp", "{}"));
        stage.hears("poll 4190 held", "post RESPONSE 202 of r1");
        stage.accepts();
        IotMessage.Response response = (IotMessage.Response) sent.get(0);
        assertThat(response.head().source()).isEqualTo(Stage.ENDPOINT);
        assertThat(response.head().destination()).isEqualTo("ENT");
        assertThat(text(response)).isEqualTo("PUT");
    }

    @Test
    void theMostSpecificHandlerIsAsked() {
        RequestDispatcher requests = new RequestDispatcher();
        Map.of("EP a", 1, "EP a/b", 2, "EP *", 3, "* a/b/c", 4, "* a", 5, "* *", 6)
                .forEach((key, status) -> {
                    String[] place = key.split(" ", -1);
                    requests.register(place[0], place[1], request -> Answer.of(200 + status));
                });
        assertThat(status(requests, "EP", "a")).isEqualTo(201);
        assertThat(status(requests, "EP", "a/b/c?x=1")).isEqualTo(202);
        assertThat(status(requests, "EP", "/a/b")).isEqualTo(202);
        assertThat(status(requests, "EP", "ab"))
                .as("no prefix within a segment")
                .isEqualTo(203);
        assertThat(status(requests, "X", "a/b/c/d")).isEqualTo(204);
        assertThat(status(requests, "X", "a/b")).isEqualTo(205);
        assertThat(status(requests, "X", "z")).isEqualTo(206);
        requests.register("EP", "a", request -> Answer.of(299));
        assertThat(status(requests, "EP", "a/x")).isEqualTo(299);
        requests.unregister("EP", "a");
        assertThat(status(requests, "EP", "a/x")).isEqualTo(203);
    }

    @Test
    void aRequestWithoutHandlerWaitsUntilTheDeviceHasSettled() {
        Stage stage = Stage.started();
        stage.pollBrings(request("r1", "GET", "late", ""), request("r2", "GET", "never", ""));
        stage.hears("poll 4190 held");
        stage.advance(5_000);
        stage.dispatcher().requests().register(Stage.ENDPOINT, "late", request -> Answer.of(200));
        stage.hears("post RESPONSE 200 of r1");
        stage.accepts();
        stage.hears("delivered RESPONSE 200 of r1");
        stage.hearsAfter(5_000, "post RESPONSE 404 of r2");
        stage.accepts();
        stage.hearsAnything();
        stage.pollBrings(request("r3", "GET", "never", ""));
        stage.hears("post RESPONSE 404 of r3", "poll 4190 held");
    }

    @Test
    void aHandlerThatFailsIsAnsweredWith500() {
        Stage stage = Stage.started(options().settleTime(Duration.ZERO));
        stage.advance(1);
        stage.dispatcher().onDelivery(sent::addAll);
        stage.dispatcher().requests().register(RequestDispatcher.ANY, RequestDispatcher.ANY, request -> {
            throw new IllegalStateException("too hot");
        });
        stage.pollBrings(request("r1", "PUT", "lamp", ""));
        stage.accepts();
        assertThat(((IotMessage.Response) sent.get(0)).statusCode()).isEqualTo(500);
        assertThat(text(sent.get(0))).isEqualTo("too hot");
    }

    @Test
    void aRequestOfTheDeviceToItselfStaysHere() {
        Stage stage = Stage.started();
        List<String> called = new ArrayList<>();
        stage.dispatcher().requests().register(Stage.ENDPOINT, "lamp", request -> {
            called.add(request.url());
            return Answer.of(200);
        });
        IotMessage.Request asked = request("r1", "PUT", "lamp", "");
        Receipt receipt = stage.queue(asked.with(asked.head().between(Stage.ENDPOINT, Stage.ENDPOINT)));
        stage.hears();
        assertThat(called).containsExactly("lamp");
        assertThat(receipt.delivered()).isCompleted();
        assertThat(stage.dispatcher().queueSize()).isZero();
    }

    // ---- how they come ----

    @Test
    void aLongPollFollowsTheOther() {
        Stage stage = new Stage(options());
        stage.hears("poll 4190 held", "post REPORT");
        stage.advance(20_000);
        stage.pollBrings();
        stage.hears("poll 4190 held");
    }

    @Test
    void aServerThatAnswersAPollAtOnceIsNotAskedWithoutPause() {
        Stage stage = Stage.started();
        for (int millis : new int[] {100, 100, 200, 300, 500, 800, 1_300, 2_100, 3_000, 3_000}) {
            stage.pollBrings();
            stage.hears();
            stage.hearsAfter(millis, "poll 4190 held");
        }
        stage.advance(2_000);
        stage.pollBrings();
        stage.hears("poll 4190 held");
    }

    @Test
    void aPollThatFailedComesAgainByItself() {
        Stage stage = Stage.started();
        for (int seconds : new int[] {1, 1, 2, 3, 5}) {
            stage.pollFails(LinkException.busy("later", Optional.empty()));
            stage.hearsAfter(seconds * 1_000L, "poll 4190 held");
        }
        stage.pollFails(LinkException.busy("later", Optional.of(Duration.ofSeconds(60))));
        stage.hearsAfter(60_000, "poll 4190 held");
    }

    @Test
    void aPollThatFailedComesAgainAtOnceWhenSendingSucceeds() {
        Stage stage = Stage.started();
        stage.pollFails(LinkException.busy("later", Optional.of(Duration.ofSeconds(60))));
        stage.queue("a");
        stage.hears("post a");
        stage.accepts();
        stage.hears("poll 4190 held", "delivered a");
    }

    @Test
    void noMoreIsAskedForWhileTheBufferIsFull() {
        Stage stage = Stage.started();
        stage.dispatcher().requests().register(Stage.ENDPOINT, "lamp", request -> Answer.of(200));
        stage.pollBrings(request("r1", "PUT", "lamp", "x".repeat(1_400)));
        stage.hears("poll 4190 held", "post RESPONSE 200 of r1");
        stage.pollBrings(request("r2", "PUT", "lamp", "x".repeat(1_400)));
        stage.hears();
        stage.advance(60_000);
        stage.hears();
        stage.accepts();
        stage.hears("post RESPONSE 200 of r2", "delivered RESPONSE 200 of r1", "poll 4190 held");
    }

    @Test
    void withoutLongPollingTheServerIsAskedAtIntervals() {
        Stage stage = new Stage(options().longPolling(false));
        stage.hears("post REPORT for 4190");
        stage.accepts();
        stage.hears("delivered REPORT");
        stage.hearsAfter(3_000, "poll 4190 now");
        stage.pollBrings(request("r1", "GET", OWN + "message_dispatcher/counters", ""));
        stage.hears("poll 4190 now", "post RESPONSE 200 of r1 for 4190");
        stage.pollBrings();
        stage.dispatcher().pollingInterval(Duration.ofMillis(500));
        stage.hearsAfter(500, "poll 4190 now");
        stage.pollBrings();
        stage.dispatcher().pollingInterval(Duration.ZERO);
        stage.advance(100_000);
        stage.hears();
        stage.accepts(request("r2", "GET", OWN + "message_dispatcher/counters", ""));
        stage.hearsAnything();
        assertThat(stage.dispatcher().counters().totalMessagesReceived()).isEqualTo(2);
    }

    // ---- our own resources ----

    @Test
    void theServerReadsAndResetsTheCounters() {
        Stage stage = Stage.started();
        assertThat(ask(stage, "GET", "message_dispatcher/counters", ""))
                .startsWith("200 {\"load\":0,\"totalBytesSent\":")
                .contains("\"totalMessagesSent\":1,", "\"totalMessagesReceived\":");
        assertThat(ask(stage, "PUT", "message_dispatcher/reset", "")).isEqualTo("200 ");
        assertThat(stage.dispatcher().counters().totalMessagesReceived()).isZero();
        assertThat(ask(stage, "DELETE", "message_dispatcher/reset", "")).startsWith("405 ");
    }

    @Test
    void theServerReadsAndSetsThePollingInterval() {
        Stage stage = Stage.started();
        assertThat(ask(stage, "GET", "message_dispatcher/pollingInterval", "")).isEqualTo("200 {\"value\":3000}");
        assertThat(ask(stage, "PUT", "message_dispatcher/pollingInterval", "{\"value\":0}"))
                .isEqualTo("200 ");
        assertThat(stage.dispatcher().pollingInterval()).isZero();
        assertThat(ask(stage, "PUT", "message_dispatcher/pollingInterval", "{\"value\":1500.0}"))
                .isEqualTo("200 ");
        assertThat(stage.dispatcher().pollingInterval()).isEqualTo(Duration.ofMillis(1_500));
        for (String bad : new String[] {"", "{}", "{\"value\":-1}", "{\"value\":\"5\"}", "[", "{\"value\":1e300}"}) {
            assertThat(ask(stage, "PUT", "message_dispatcher/pollingInterval", bad))
                    .as(bad)
                    .startsWith("400 ")
                    .hasSizeGreaterThan(10);
        }
        assertThat(stage.dispatcher().pollingInterval()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void theServerReadsWhatTheProgramTellsOfItsDevice() {
        Stage stage = Stage.started(options().info(() -> Fields.of("version", Value.of("7"))));
        assertThat(ask(stage, "GET", "diagnostics/info", "")).isEqualTo("200 {\"version\":\"7\"}");
    }

    @Test
    void theServerTestsTheConnection() {
        Stage stage = Stage.started();
        String test = "diagnostics/testConnectivity";
        assertThat(ask(stage, "GET", test, ""))
                .isEqualTo("200 {\"active\":false,\"count\":0,\"currentCount\":0,\"interval\":0,\"size\":0}");
        for (String bad : new String[] {
            "{}",
            "{\"active\":true}",
            "{\"active\":true,\"count\":0,\"interval\":5,\"size\":0}",
            "{\"active\":true,\"count\":1,\"interval\":0,\"size\":0}",
            "{\"active\":true,\"count\":1,\"interval\":5,\"size\":4097}"
        }) {
            assertThat(ask(stage, "PUT", test, bad)).as(bad).startsWith("400 ");
        }
        String start = "{\"active\":true,\"count\":2,\"interval\":1000,\"size\":3}";
        assertThat(ask(stage, "PUT", test, start)).isEqualTo("200 ");
        assertThat(ask(stage, "PUT", test, start)).startsWith("409 ");
        stage.advance(1_000);
        stage.accepts();
        IotMessage.Data data = (IotMessage.Data) sent.get(sent.size() - 1);
        assertThat(data.format()).isEqualTo("urn:oracle:iot:dcd:capability:diagnostics:test_message");
        assertThat(data.items())
                .isEqualTo(Fields.builder()
                        .put("count", Value.of(2))
                        .put("current", Value.of(1))
                        .put("payload", Value.of("\0\0\0"))
                        .build());
        assertThat(ask(stage, "GET", test, ""))
                .isEqualTo("200 {\"active\":true,\"count\":2,\"currentCount\":1,\"interval\":1000,\"size\":3}");
        stage.advance(1_000);
        stage.accepts();
        assertThat(ask(stage, "GET", test, "")).contains("\"active\":false", "\"currentCount\":2");
        assertThat(ask(stage, "PUT", test, start)).isEqualTo("200 ");
        assertThat(ask(stage, "PUT", test, "{\"active\":false}")).isEqualTo("200 ");
        stage.hearsAnything();
        stage.advance(10_000);
        assertThat(stage.isPosting()).isFalse();
    }

    /** What the device answers: the status and the body. */
    private String ask(Stage stage, String method, String path, String body) {
        stage.dispatcher().onDelivery(sent::addAll);
        stage.pollBrings(request("r", method, OWN + path, body));
        stage.accepts();
        IotMessage last = sent.get(sent.size() - 1);
        return ((IotMessage.Response) last).statusCode() + " " + text(last);
    }

    private static String text(IotMessage response) {
        return new String(((IotMessage.Response) response).body().bytes(), UTF_8);
    }

    private static int status(RequestDispatcher requests, String endpoint, String url) {
        IotMessage.Request request = request("r", "GET", url, "");
        try {
            return requests.handler(endpoint, url).orElseThrow().handle(request).status();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }
}

package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.history.KnownValue;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that say each byte themselves, the real gateway over TLS and the real core. */
class IotGatewayTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"},
            {"name":"limit","type":"INTEGER","range":"0,100","writable":true}],
            "actions":[{"name":"start"}],"formats":[]}""";

    private final Cloud cloud;

    IotGatewayTest(@TempDir Path folder) {
        cloud = new Cloud(folder, Cloud::impatient);
        cloud.model(URN, MODEL);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private RawDevice pump() throws Exception {
        cloud.register("pump-7", "secret-7");
        RawDevice pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN, "urn:oracle:iot:dcd:capability:direct_activation");
        return pump;
    }

    @Test
    void aDeviceIsActivatedAndWhatItMeasuresIsOnTheBus() throws Exception {
        RawDevice pump = pump();
        assertThat(RawDevice.ok(pump.get("/iot/api/v2/deviceModels/" + URN + "?expand=formats"))
                        .string("urn"))
                .contains(URN);
        assertThat(RawDevice.ok(
                        pump.get("/iot/privateapi/v2/deviceModels/urn%3Atest%3Apump/devicePolicies?q=%7B%22devices.id"
                                + "%22%3A%22" + pump.endpointId
                                + "%22%7D&fields=id%2Cpipelines%2Cenabled%2ClastModified")))
                .isEqualTo(Fields.of("items", new Value.Sequence(List.of())));
        HttpResponse<String> answer = pump.post("/iot/api/v2/messages?acceptBytes=0", data(pump, "\"level\":42"));
        assertThat(answer.body()).isEqualTo("[]");
        await().until(() ->
                !cloud.heard("iot/pump-7/data/urn:test:pump:attributes").isEmpty());
        assertThat(cloud.heard("iot/pump-7/data/urn:test:pump:attributes"))
                .containsExactly(Fields.of("level", Value.of(42.0)));
        assertThat(cloud.heard("iot/pump-7/state").get(0).string("state")).contains("online");
    }

    @Test
    void aCallThatComesAgainIsAnsweredAndNotToldAgainAndOneThatIsWrongIsRefusedAsAWhole() throws Exception {
        RawDevice pump = pump();
        String path = "/iot/api/v2/messages?acceptBytes=0";
        assertThat(pump.post(path, data(pump, "\"level\":1")).statusCode()).isEqualTo(200);
        assertThat(pump.post(path, data(pump, "\"level\":1")).statusCode()).isEqualTo(200);

        String wrong = data(pump, "\"limit\":101,\"colour\":\"red\"").replace("c1", "c2");
        HttpResponse<String> refused = pump.post(path, wrong);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("limit must be within 0,100").contains("no attribute colour");

        pump.post(path, data(pump, "\"level\":2").replace("c1", "c3"));
        await().until(() ->
                cloud.heard("iot/pump-7/data/urn:test:pump:attributes").size() > 1);
        assertThat(cloud.heard("iot/pump-7/data/urn:test:pump:attributes"))
                .containsExactly(Fields.of("level", Value.of(1.0)), Fields.of("level", Value.of(2.0)));
        Optional<KnownValue> level = cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.history().known(pump.endpointId, URN).map(known -> known.attributes()
                        .get("level"))));
        assertThat(level.map(KnownValue::value)).contains(Value.of(2.0));
    }

    @Test
    void whatTheModelDoesNotAllowIsRefusedBeforeItLeaves() throws Exception {
        pump();
        cloud.request("iot/pump-7/attributes/level", Fields.of("value", Value.of(1)));
        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(500)));
        cloud.request("iot/pump-7/actions/stop", Fields.EMPTY);
        cloud.request("iot/pump-8/actions/start", Fields.EMPTY);
        await().until(() -> cloud.answers().size() == 4);
        assertThat(cloud.answers().stream().map(answer -> answer.string("error").orElse("")))
                .satisfiesExactly(
                        error -> assertThat(error).contains("level is not writable"),
                        error -> assertThat(error).contains("limit must be within 0,100"),
                        error -> assertThat(error).contains("no model of device pump-7 has an action 'stop'"),
                        error -> assertThat(error).contains("there is no device of that name"));
    }

    @Test
    void theBusWritesAnAttributeAndHearsWhatBecameOfIt() throws Exception {
        RawDevice pump = pump();
        CompletableFuture<HttpResponse<String>> poll = pump.poll(4190);
        cloud.request("iot/pump-7/attributes/limit", Fields.of("value", Value.of(77)));
        Fields request = ((Value.Nested) RawDevice.list(poll.join()).get(0)).fields();
        Fields payload = ((Value.Nested) request.get("payload").orElseThrow()).fields();
        assertThat(payload.string("method")).contains("PUT");
        assertThat(payload.string("url")).contains("deviceModels/urn:test:pump/attributes/limit");
        assertThat(payload.string("body")).contains("eyJ2YWx1ZSI6Nzd9");

        pump.post(
                "/iot/api/v2/messages?acceptBytes=0",
                "[{\"clientId\":\"r1\",\"source\":\"" + pump.endpointId
                        + "\",\"type\":\"RESPONSE\",\"eventTime\":1,\"payload\":{\"statusCode\":202,\"requestId\":\""
                        + request.string("id").orElseThrow() + "\",\"url\":\"\",\"headers\":{},\"body\":\"\"}}]");
        await().until(() -> !cloud.answers().isEmpty());
        assertThat(cloud.answers().get(0).string("state")).contains("completed");
        assertThat(cloud.answers().get(0).get("status")).contains(Value.of(202));
    }

    @Test
    void aCommandForADeviceThatIsAwayWaitsForItAndOneWithoutAnswerFails() throws Exception {
        RawDevice pump = pump();
        cloud.request("iot/pump-7/actions/start", Fields.EMPTY);
        await().until(() -> cloud.ask(registry ->
                        CompletableFuture.completedFuture(registry.commands().devices()))
                .equals(List.of(pump.endpointId)));
        assertThat(RawDevice.list(pump.poll(4190).join())).hasSize(1);
        assertThat(RawDevice.list(pump.poll(4190).join())).isEmpty();
        await().until(() -> !cloud.answers().isEmpty());
        assertThat(cloud.answers().get(0).string("error")).contains("no answer");
    }

    @Test
    void theNewestPollWinsAndASilentDeviceIsGone() throws Exception {
        RawDevice pump = pump();
        CompletableFuture<HttpResponse<String>> older = pump.poll(4190);
        await().until(() -> !cloud.heard("iot/pump-7/state").isEmpty());
        CompletableFuture<HttpResponse<String>> newer = pump.poll(4190);
        assertThat(older.join().body()).isEqualTo("[]");
        cloud.publish("iot/pump-7/actions/start", Fields.EMPTY);
        assertThat(RawDevice.list(newer.join())).hasSize(1);
        await().until(() -> cloud.heard("iot/pump-7/state").size() == 2);
        assertThat(cloud.heard("iot/pump-7/state").get(1).string("reason")).contains("silent");
    }

    @Test
    void whoeverIsUnknownReadsWhatIsWrong() throws Exception {
        cloud.register("pump-7", "secret-7");
        HttpResponse<String> wrong = new RawDevice(cloud, "pump-7", "another").newcomer();
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"currentTime\":").contains("not signed with the shared secret");

        RawDevice nobody = new RawDevice(cloud, "pump-8", "secret-8");
        assertThat(nobody.newcomer().statusCode()).isEqualTo(400);
        assertThat(nobody.get("/iot/api/v2/deviceModels/x").statusCode()).isEqualTo(401);

        RawDevice pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN);
        assertThat(pump.get("/iot/api/v2/activation/policy").statusCode()).isEqualTo(401);
        assertThat(pump.post("/iot/api/v2/messages?acceptBytes=0", "[{\"type\":\"DATA\"}]")
                        .statusCode())
                .isEqualTo(400);
    }

    /** Original clients make a new key each time they try to be activated. */
    @Test
    void whoseAnswerWasLostIsActivatedAgainAndWhoHasTheSecretLaterIsNot() throws Exception {
        String id = cloud.register("pump-7", "secret-7");
        RawDevice lost = new RawDevice(cloud, "pump-7", "secret-7");
        assertThat(lost.activation(URN).statusCode()).isEqualTo(200);
        RawDevice again = new RawDevice(cloud, "pump-7", "secret-7");
        again.activate(URN);
        assertThat(again.endpointId).isEqualTo(id);

        RawDevice thief = new RawDevice(cloud, "pump-7", "secret-7");
        HttpResponse<String> refused = thief.activation(URN);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("rotate its secret");
        lost.endpointId = id;
        assertThat(lost.member().statusCode()).isEqualTo(400);
        assertThat(again.post("/iot/api/v2/messages?acceptBytes=0", data(again, "\"level\":42"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoGuessesASecretHasToWaitAndOthersBehindTheSameAddressDoNot() throws Exception {
        cloud.register("pump-7", "secret-7");
        RawDevice guesser = new RawDevice(cloud, "pump-7", "guess");
        for (int i = 0; i < 15; i++) {
            assertThat(guesser.newcomer().statusCode()).isEqualTo(400);
        }
        HttpResponse<String> refused = new RawDevice(cloud, "pump-7", "secret-7").newcomer();
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("60");
        cloud.register("pump-8", "secret-8");
        assertThat(new RawDevice(cloud, "pump-8", "secret-8").newcomer().statusCode())
                .isEqualTo(200);
    }

    private static String data(RawDevice device, String items) {
        return "[{\"clientId\":\"c1\",\"source\":\"" + device.endpointId
                + "\",\"sender\":\"\",\"destination\":\"\",\"priority\":\"LOW\",\"reliability\":\"BEST_EFFORT\","
                + "\"eventTime\":1795223255967,\"type\":\"DATA\",\"payload\":{\"format\":\"urn:test:pump:attributes\","
                + "\"data\":{" + items + "}}}]";
    }
}

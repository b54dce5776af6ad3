package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators may do, what they see and what is refused; a device and an operator that say each byte themselves. */
@Timeout(60)
class OperatorCallsTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String API = "/iot/api/v2";
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"},
            {"name":"limit","type":"INTEGER","range":"0,100","writable":true}],
            "actions":[{"name":"start"},{"name":"run","argType":"NUMBER"}],"formats":[]}""";

    private final Cloud cloud;
    private final RawDevice operator;
    private final String app;

    OperatorCallsTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder);
        app = cloud.ask(registry -> registry.applications().add("test", "", Map.of()))
                .id();
        operator = operator(app);
    }

    private RawDevice operator(String application) throws Exception {
        String id = cloud.ask(registry -> registry.integrations().add(application, "ops " + application))
                .id();
        String secret = cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.integrations().get(id).orElseThrow().secret().reveal()));
        RawDevice made = new RawDevice(cloud, "ops", secret);
        made.integrate(id);
        return made;
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private RawDevice pump() throws Exception {
        cloud.model(URN, MODEL);
        cloud.register("pump-7", "secret-7");
        RawDevice pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN, "urn:oracle:iot:dcd:capability:direct_activation");
        return pump;
    }

    @Test
    void seesWhatADeviceSaysThatItCanBeAskedFor() throws Exception {
        RawDevice pump = pump();
        String path = API + "/apps/" + app + "/devices/" + pump.endpointId + "/resources";
        assertThat(resources(path)).isEmpty();
        report(pump, "UPDATE", "counters,ADDED", "reset,ADDED");
        report(pump, "UPDATE", "reset,REMOVED", "info,ADDED");
        assertThat(resources(path)).containsExactly("counters", "info");
        report(pump, "RECONCILIATION", "info,ADDED");
        assertThat(resources(path)).containsExactly("info");
        report(pump, "DELETE");
        assertThat(resources(path)).isEmpty();
    }

    private List<String> resources(String path) throws Exception {
        return ((Value.Sequence) json(operator.get(path)).get("items").orElseThrow())
                .values().stream()
                        .map(item -> ((Value.Nested) item).fields())
                        .peek(item -> assertThat(
                                        item.get("methods").orElseThrow().toString())
                                .contains("GET"))
                        .map(item -> item.string("path").orElseThrow())
                        .toList();
    }

    private static void report(RawDevice device, String change, String... resources) throws Exception {
        List<String> all = new ArrayList<>();
        for (String resource : resources) {
            String[] said = resource.split(",", -1);
            all.add("{\"name\":\"" + said[0] + "\",\"path\":\"" + said[0] + "\",\"status\":\"" + said[1]
                    + "\",\"methods\":\"GET,PUT\",\"endpointName\":\"" + device.endpointId + "\"}");
        }
        HttpResponse<String> answer = device.post(
                API + "/messages?acceptBytes=0",
                "[{\"clientId\":\"r\",\"source\":\"" + device.endpointId
                        + "\",\"type\":\"RESOURCES_REPORT\",\"eventTime\":1,\"payload\":{\"type\":\"JSON\",\"value\":{"
                        + "\"reportType\":\"" + change + "\",\"endpointName\":\"" + device.endpointId
                        + "\",\"resources\":[" + String.join(",", all) + "]}}}]");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void registersADeviceThatThenActivatesItself() throws Exception {
        HttpResponse<String> made = operator.post(
                API + "/devices",
                "{\"hardwareId\":\"pump-9\",\"sharedSecret\":\"c2VjcmV0LTk=\",\"name\":\"nine\",\"serialNumber\":\"S9\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        Fields device = json(made);
        assertThat(device.string("state")).contains("REGISTERED");
        assertThat(device.string("serialNumber")).contains("S9");
        assertThat(device.has("sharedSecret")).isFalse();

        RawDevice pump = new RawDevice(cloud, "pump-9", "secret-9");
        cloud.model(URN, MODEL);
        pump.activate(URN);
        String path = API + "/devices/" + pump.endpointId;
        assertThat(device.string("id")).contains(pump.endpointId);
        assertThat(json(operator.send("PATCH", path, "{\"state\":\"DISABLED\"}"))
                        .string("state"))
                .contains("DISABLED");
        assertThat(pump.get(API + "/deviceModels/" + URN).statusCode()).isEqualTo(401);
        assertThat(json(operator.post(path, "{\"state\":\"ACTIVATED\"}")).string("state"))
                .contains("ACTIVATED");
        refused(operator.post(path, "{\"state\":\"GONE\"}"), 400, "state is neither DISABLED nor ACTIVATED");
        refused(operator.post(API + "/devices", "{}"), 400, "hardwareId is missing");
        refused(
                operator.post(API + "/devices", "{\"hardwareId\":\"x\",\"sharedSecret\":\"?\"}"),
                400,
                "sharedSecret is no base64");
        assertThat(json(operator.post(API + "/devices", "{\"hardwareId\":\"made\"}"))
                        .has("sharedSecret"))
                .isTrue();
    }

    @Test
    void importsAModelAndSaysAllThatIsWrongWithOne() throws Exception {
        assertThat(operator.post(API + "/deviceModels", MODEL).statusCode()).isEqualTo(201);
        assertThat(json(operator.get(API + "/apps/" + app + "/deviceModels"))
                        .get("items")
                        .orElseThrow()
                        .toString())
                .contains(URN);
        refused(
                operator.post(API + "/deviceModels", "{\"urn\":\"urn:y\",\"attributes\":[{\"name\":\"a\"}]}"),
                400,
                "name is missing; attributes[0].type is missing");
    }

    @Test
    void listsDevicesByFilterAndPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            cloud.register("device-" + i, "secret");
        }
        String devices = API + "/apps/" + app + "/devices";
        assertThat(json(operator.get(devices + "/count?q=" + encoded("{\"hardwareId\":{\"$like\":\"device-%\"}}"))))
                .isEqualTo(Fields.of("count", Value.of(5)));
        Fields page = json(operator.get(devices + "?limit=2&offset=2&totalResults=true&fields=hardwareId"));
        assertThat(page.get("totalResults")).contains(Value.of(5));
        assertThat(page.get("hasMore")).contains(Value.Bool.TRUE);
        Fields first = ((Value.Nested) ((Value.Sequence) page.get("items").orElseThrow())
                        .values()
                        .get(0))
                .fields();
        assertThat(first.names()).containsExactly("id", "hardwareId");
        assertThat(page.get("links").orElseThrow().toString())
                .contains("offset=4")
                .contains("offset=0");
        refused(operator.get(devices + "?q=" + encoded("{\"a\":{\"$foo\":1}}")), 400, "q.a.$foo is no operator");
        refused(operator.get(devices + "?limit=many"), 400, "limit is no number from 0 to");
        assertThat(json(operator.get(API + "/apps?q=" + encoded("{\"name\":{\"$eq\":\"other\"}}")))
                        .get("count"))
                .contains(Value.of(0));
    }

    @Test
    void writesWhatFitsTheModelAndRefusesTheRest() throws Exception {
        RawDevice pump = pump();
        String model = API + "/apps/" + app + "/devices/" + pump.endpointId + "/deviceModels/" + URN;
        refused(operator.send("PUT", model + "/attributes/level", "{\"value\":1}"), 400, "level is not writable");
        refused(
                operator.send("PUT", model + "/attributes/limit", "{\"value\":101}"),
                400,
                "limit must be within 0,100, and is 101");
        refused(operator.send("PUT", model + "/attributes/limit", "{}"), 400, "value is missing");
        refused(
                operator.post(model + "/attributes", "{\"limit\":\"x\",\"no\":1}"),
                400,
                "limit must be of type INTEGER");
        refused(operator.post(model + "/actions/start", "{\"value\":1}"), 400, "start takes no argument");
        refused(operator.post(model + "/actions/run", "{\"value\":null}"), 400, "run takes an argument of type NUMBER");
        refused(operator.post(model + "x/actions/run", "{}"), 404, "has no model");

        HttpResponse<String> ordered = operator.post(model + "/actions/start", "{\"value\":null}");
        assertThat(ordered.statusCode()).isEqualTo(202);
        String state = API + "/requests/" + json(ordered).string("id").orElseThrow();
        assertThat(operator.get(state).statusCode()).isEqualTo(202);
        assertThat(json(operator.get(state)).get("complete")).contains(Value.Bool.FALSE);
        Value.Nested request =
                (Value.Nested) RawDevice.list(pump.poll(4190).join()).get(0);
        assertThat(request.toString()).contains("actions/start").contains("body=\"e30=\"");
        assertThat(json(operator.get(state)).string("status")).contains("DISPATCHED");
    }

    @Test
    void asksADeviceForAnyOfItsResources() throws Exception {
        RawDevice pump = pump();
        String resources = API + "/apps/" + app + "/devices/" + pump.endpointId + "/resources/";
        HttpResponse<String> ordered =
                operator.get(resources + "deviceModels/urn:oracle:iot:dcd:capability:message_dispatcher/counters");
        assertThat(ordered.statusCode()).isEqualTo(202);
        assertThat(json(ordered).string("url"))
                .contains("deviceModels/urn:oracle:iot:dcd:capability:message_dispatcher/counters");
        assertThat(json(ordered).string("method")).contains("GET");
    }

    @Test
    void tellsWhatDevicesSaid() throws Exception {
        RawDevice pump = pump();
        List<DeviceMessage> said = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            said.add(message(pump, i, MessageKind.DATA));
        }
        said.add(message(pump, 15, MessageKind.ALERT));
        cloud.ask(registry -> registry.history().accept(said));

        Fields page = json(operator.get(API + "/messages?totalResults=true&device=" + pump.endpointId));
        assertThat(page.get("count")).contains(Value.of(10));
        assertThat(page.get("totalResults")).contains(Value.of(16));
        Fields newest = ((Value.Nested) ((Value.Sequence) page.get("items").orElseThrow())
                        .values()
                        .get(0))
                .fields();
        assertThat(newest.string("type")).contains("ALERT");
        assertThat(newest.get("receivedTime")).isPresent();
        Fields data =
                json(operator.get(API + "/apps/" + app + "/messages?type=DATA&orderBy=deliveredTime:asc&limit=1"));
        assertThat(data.get("items").orElseThrow().toString()).contains("clientId=\"m0\"");
        assertThat(json(operator.get(API + "/messages/count?type=DATA"))).isEqualTo(Fields.of("count", Value.of(15)));
        refused(operator.get(API + "/messages?type=WAKEUP"), 400, "type is none of");
        refused(operator.get(API + "/messages?orderBy=name"), 400, "orderBy is neither");
        String model = API + "/apps/" + app + "/devices/" + pump.endpointId + "/deviceModels/" + URN;
        assertThat(json(operator.get(model + "/attributes/level")).get("value")).contains(Value.of(14));
        assertThat(json(operator.get(model + "/attributes")).get("count")).contains(Value.of(1));
    }

    /** Another application is not there for this operator; a device is no operator. */
    @Test
    void seesNothingOfOtherApplications() throws Exception {
        RawDevice pump = pump();
        String other = cloud.ask(registry -> registry.applications().add("other", "", Map.of()))
                .id();
        RawDevice stranger = operator(other);
        String device = "/devices/" + pump.endpointId;

        refused(stranger.get(API + "/apps/" + app + "/devices"), 404, "there is no application");
        refused(stranger.get(API + "/apps/" + other + device), 404, "there is no device");
        refused(stranger.send("PATCH", API + device, "{\"state\":\"DISABLED\"}"), 404, "there is no device");
        assertThat(json(stranger.get(API + "/apps/" + other + "/devices/count")).get("count"))
                .contains(Value.of(0));
        assertThat(json(stranger.post(
                                API + "/apps/" + other + "/devices/data",
                                "{\"" + pump.endpointId + "\":[\"" + URN + "\"]}"))
                        .get("data"))
                .contains(new Value.Nested(Fields.EMPTY));
        HttpResponse<String> ordered =
                operator.post(API + "/apps/" + app + device + "/deviceModels/" + URN + "/actions/start", "");
        refused(
                stranger.get(API + "/requests/" + json(ordered).string("id").orElseThrow()),
                404,
                "there is no request");
        assertThat(pump.get(API + "/apps").statusCode()).isEqualTo(403);
        assertThat(new RawDevice(cloud, "nobody", "x").get(API + "/apps").statusCode())
                .isEqualTo(401);
    }

    private static DeviceMessage message(RawDevice pump, int number, MessageKind kind) {
        boolean alert = kind == MessageKind.ALERT;
        return new DeviceMessage(
                "m" + number,
                pump.endpointId,
                kind,
                URN,
                alert ? URN + ":broken" : URN + ":attributes",
                alert ? "CRITICAL" : "",
                alert ? "broken" : "",
                "LOW",
                "BEST_EFFORT",
                1_000 + number,
                Fields.of("level", Value.of(number)));
    }

    private static void refused(HttpResponse<String> answer, int status, String detail) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).string("detail").orElse("")).contains(detail);
    }

    private static Fields json(HttpResponse<String> answer) throws Exception {
        return JSON.object(answer.body().getBytes(UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}

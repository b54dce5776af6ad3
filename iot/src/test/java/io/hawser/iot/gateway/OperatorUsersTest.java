package io.hawser.iot.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Principal;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of the hub, with a password in each call, as operators: what they see and may do is what the hub's rules say. */
@Timeout(60)
class OperatorUsersTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String API = "/iot/api/v2";
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"limit","type":"INTEGER","writable":true}],
            "actions":[{"name":"start"}],"formats":[]}""";
    private static final String ALL = "allow @staff subscribe iot/>";

    private final Cloud cloud;
    private final RawDevice alice;

    OperatorUsersTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder);
        cloud.users(said -> said.user().equals("alice") && said.secret().equals("open: sesame")
                ? CompletableFuture.supplyAsync(() -> Admission.of(new Principal("alice", Set.of("staff"))))
                : CompletableFuture.failedFuture(new AccessException("unknown user or wrong password")));
        cloud.model(URN, MODEL);
        alice = new RawDevice(cloud, "alice", "");
        alice.show("alice", "open: sesame");
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    private String application() {
        return cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.applications().named("test").orElseThrow().id()));
    }

    @Test
    void seesTheDevicesAllOfWhoseTopicsItMaySubscribeToAndNothingElse() throws Exception {
        String seven = cloud.register("pump-7", "secret");
        String eight = cloud.register("pump-8", "secret");
        cloud.ask(registry -> registry.applications().add("empty", "", Map.of()));
        cloud.ask(registry -> registry.history().accept(List.of(message(seven), message(eight))));
        String app = API + "/apps/" + application();
        cloud.rules(ALL, "deny * subscribe iot/pump-8/alert/>");

        Fields applications = json(alice.get(API + "/apps"));
        assertThat(items(applications)).containsExactly("test");
        assertThat(items(json(alice.get(app + "/devices")))).containsExactly("pump-7");
        assertThat(json(alice.get(app + "/devices/count")).get("count")).contains(Value.of(1));
        assertThat(json(alice.get(app + "/devices/" + seven)).string("hardwareId"))
                .contains("pump-7");
        refused(alice.get(app + "/devices/" + eight), 404, "there is no device " + eight);
        refused(alice.get(API + "/apps/none/devices"), 404, "there is no application none for alice");
        assertThat(json(alice.get(API + "/messages/count")).get("count")).contains(Value.of(1));
        String asked = "{\"" + seven + "\":[\"" + URN + "\"],\"" + eight + "\":[\"" + URN + "\"]}";
        Fields data = json(alice.post(app + "/devices/data", asked));
        assertThat(((Value.Nested) data.get("data").orElseThrow()).fields().names())
                .containsExactly(seven);

        cloud.rules("allow alice * test/>");
        assertThat(items(json(alice.get(API + "/apps")))).isEmpty();
        assertThat(items(json(alice.get(app + "/devices")))).isEmpty();
    }

    @Test
    void asksADeviceForWhatRulesLetItAskFor() throws Exception {
        cloud.register("pump-7", "secret-7");
        RawDevice pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN);
        String model = API + "/apps/" + application() + "/devices/" + pump.endpointId + "/deviceModels/" + URN;
        cloud.rules(ALL, "allow alice device.call iot/*/actions/*");
        refused(
                alice.send("PUT", model + "/attributes/limit", "{\"value\":7}"),
                403,
                "hawser.rules must let alice device.call on iot/pump-7/attributes/limit");
        await().until(() -> !cloud.audit().isEmpty());
        assertThat(cloud.audit().get(0).who()).isEqualTo("alice");
        assertThat(cloud.audit().get(0).where()).isEqualTo("127.0.0.1");

        HttpResponse<String> ordered = alice.post(model + "/actions/start", "{}");
        assertThat(ordered.statusCode()).isEqualTo(202);
        String state = API + "/requests/" + json(ordered).string("id").orElseThrow();
        assertThat(RawDevice.list(pump.poll(4190).join()).toString()).contains("source=\"alice\"");
        assertThat(json(alice.get(state)).string("status")).contains("DISPATCHED");
        cloud.rules("allow alice device.call iot/>");
        refused(alice.get(state), 404, "there is no request");
    }

    @Test
    void registersAndChangesDevicesAndModelsWhereItMayWriteOfThem() throws Exception {
        String own = cloud.register("pump-7", "secret");
        cloud.rules(ALL);
        String more = "{\"hardwareId\":\"pump-9\"";
        refused(alice.post(API + "/devices", more + "}"), 403, "must let alice admin.write on iot/pump-9");
        refused(
                alice.send("PATCH", API + "/devices/" + own, "{\"state\":\"DISABLED\"}"),
                403,
                "must let alice admin.write on iot/pump-7");
        refused(alice.post(API + "/deviceModels", MODEL), 403, "admin.write on iot/deviceModels/" + URN);
        await().until(() -> cloud.audit().size() == 3);

        cloud.rules(ALL, "allow alice admin.write iot/>");
        assertThat(alice.post(API + "/deviceModels", MODEL).statusCode()).isEqualTo(201);
        assertThat(alice.post(API + "/devices", more + "}").statusCode()).isEqualTo(201);
        cloud.ask(registry -> registry.applications().add("other", "", Map.of()));
        String another = "{\"hardwareId\":\"pump-10\"";
        refused(alice.post(API + "/devices", another + "}"), 400, "application is missing: there are 2");
        refused(alice.post(API + "/devices", another + ",\"application\":\"x\"}"), 404, "there is no application x");
        assertThat(alice.post(API + "/devices", another + ",\"application\":\"other\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(items(json(alice.get(API + "/apps")))).containsExactlyInAnyOrder("test", "other");
        assertThat(json(alice.send("PATCH", API + "/devices/" + own, "{\"state\":\"DISABLED\"}"))
                        .string("state"))
                .contains("DISABLED");
    }

    @Test
    void whoeverIsUnknownIsToldHowToShowWhoItIs() throws Exception {
        RawDevice nobody = new RawDevice(cloud, "nobody", "");
        HttpResponse<String> silent = nobody.get(API + "/apps");
        refused(silent, 401, "a user of the hub and its password");
        assertThat(silent.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"hawser\", charset=\"UTF-8\", Bearer");
        nobody.show("alice", "guess");
        HttpResponse<String> wrong = nobody.get(API + "/apps");
        refused(wrong, 401, "unknown user or wrong password");
        assertThat(wrong.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"hawser\", charset=\"UTF-8\"");
        HttpResponse<String> device = alice.post(API + "/messages", "");
        refused(device, 401, "show a token");
        assertThat(device.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void aPasswordThatIsBeingCheckedHoldsNobodyUp() throws Exception {
        CompletableFuture<Admission> checked = new CompletableFuture<>();
        cloud.users(said -> said.user().equals("slow")
                ? checked
                : CompletableFuture.failedFuture(new RejectedExecutionException("too many logins at once")));
        RawDevice slow = new RawDevice(cloud, "slow", "");
        slow.show("slow", "");
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return slow.get(API + "/apps");
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        HttpResponse<String> full = alice.get(API + "/apps");
        refused(full, 503, "too many logins at once");
        assertThat(full.headers().firstValue("Retry-After")).contains("1");
        assertThat(waiting).isNotDone();
        checked.complete(Admission.of(new Principal("slow")));
        assertThat(waiting.join().statusCode()).isEqualTo(200);
    }

    /** A browser sends a password that it knows whoever asks it to. */
    @Test
    void pagesOfOtherSitesMayNotCall() throws Exception {
        cloud.rules("allow * * >");
        refused(
                alice.get(API + "/apps", "Sec-Fetch-Site", "cross-site"),
                403,
                "pages of other sites may not call this");
        assertThat(alice.get(API + "/apps", "Sec-Fetch-Site", "same-origin").statusCode())
                .isEqualTo(200);
        assertThat(alice.get(API + "/apps", "Origin", "https://page.example").statusCode())
                .isEqualTo(403);
        assertThat(alice.get(API + "/apps", "Origin", cloud.url()).statusCode()).isEqualTo(200);
    }

    private static DeviceMessage message(String device) {
        return new DeviceMessage(
                "of " + device,
                device,
                MessageKind.DATA,
                URN,
                URN + ":attributes",
                "",
                "",
                "LOW",
                "BEST_EFFORT",
                1_000,
                Fields.of("limit", Value.of(7)));
    }

    private static List<String> items(Fields page) {
        return ((Value.Sequence) page.get("items").orElseThrow())
                .values().stream()
                        .map(item -> ((Value.Nested) item).fields())
                        .map(item -> item.string("hardwareId")
                                .or(() -> item.string("name"))
                                .orElseThrow())
                        .toList();
    }

    private static void refused(HttpResponse<String> answer, int status, String detail) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).string("detail").orElse("")).contains(detail);
    }

    private static Fields json(HttpResponse<String> answer) throws Exception {
        return JSON.object(answer.body().getBytes(UTF_8));
    }
}

package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.core.audit.AuditEntry;
import io.hawser.core.route.Receipt;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.kept.RegistryException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask something of a device: on the bus, at the hub, and over REST. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GuardTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"limit","type":"INTEGER","writable":true}],
            "actions":[{"name":"start"}],"formats":[]}""";
    private static final Fields SEVEN = Fields.of("value", Value.of(7));

    private final Cloud cloud;
    private final RawDevice pump;

    GuardTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(folder);
        cloud.model(URN, MODEL);
        cloud.register("pump 7", "secret-7");
        pump = new RawDevice(cloud, "pump 7", "secret-7");
        pump.activate(URN);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void whoMayPublishOnTheBusMayNotThereforeMoveDevices() {
        cloud.rules("allow * * >", "deny web device.call iot/*/actions/>");
        assertThat(cloud.publish("iot/pump 7/actions/start", Fields.EMPTY))
                .isEqualTo(new Receipt.Refused("web may not device.call on iot/pump 7/actions/start"));
        assertThat(cloud.publish("iot/pump 7/attributes/limit", SEVEN)).isInstanceOf(Receipt.Routed.class);
        cloud.rules("allow * publish >");
        assertThat(cloud.publish("iot/pump 7/attributes/limit", SEVEN)).isInstanceOf(Receipt.Refused.class);
        assertThat(cloud.publish("iot/pump 7/state", SEVEN)).isInstanceOf(Receipt.Routed.class);
    }

    /** Else a rule that denies one name would be no rule. */
    @Test
    void onTheBusADeviceHasOneName() {
        cloud.request("iot/" + pump.endpointId + "/attributes/limit", SEVEN);
        await().until(() -> !cloud.answers().isEmpty());
        assertThat(cloud.answers().get(0).string("error")).contains("there is no device of that name");
    }

    @Test
    void theOperatorNeedsARuleTooAndWhatIsRefusedIsWrittenDown() {
        DeviceWish.Write write = new DeviceWish.Write(pump.endpointId, "limit", Value.of(7));
        assertThat(cloud.order(write).join().order().url()).endsWith("attributes/limit");
        assertThat(cloud.audit()).isEmpty();
        cloud.rules("allow * * >", "deny admin/token device.call iot/*/attributes/*");
        assertThatThrownBy(() -> cloud.order(write).join())
                .hasCauseInstanceOf(RegistryException.class)
                .hasMessageContaining("hawser.rules must let admin/token device.call on iot/pump 7/attributes/limit");
        cloud.order(new DeviceWish.Call("pump 7", "start", Optional.empty())).join();
        await().until(() -> !cloud.audit().isEmpty());
        AuditEntry entry = cloud.audit().get(0);
        assertThat(entry.who()).isEqualTo("admin/token");
        assertThat(entry.action()).isEqualTo("iot.PUT deviceModels/urn:test:pump/attributes/limit");
        assertThat(entry.target()).isEqualTo("pump 7");
        assertThat(entry.outcome()).isEqualTo("refused");
        assertThat(entry.detail()).isEqualTo("{\"value\":7}");
    }

    @Test
    void aProgramOfOperatorsNeedsARuleForEachWayToTheSameThing() throws Exception {
        Integration made = cloud.ask(registry -> registry.applications()
                .add("another", "", Map.of())
                .thenCompose(unused -> registry.integrations()
                        .add(registry.applications().named("test").orElseThrow().id(), "night watch")));
        RawDevice program = new RawDevice(cloud, "program", made.secret().reveal());
        program.integrate(made.id());
        String device = "/iot/api/v2/apps/" + made.application() + "/devices/" + pump.endpointId;
        String model = device + "/deviceModels/" + URN;
        cloud.rules("allow * publish,subscribe >");
        List<HttpResponse<String>> refused = List.of(
                program.send("PUT", model + "/attributes/limit", "{\"value\":7}"),
                program.send("PATCH", model + "/attributes", "{\"limit\":7}"),
                program.send("PUT", device + "/resources/deviceModels/" + URN + "/attributes/limit", "{\"value\":7}"),
                program.send("GET", device + "/resources/counters", ""));
        assertThat(refused).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(403));
        assertThat(refused.get(0).body())
                .contains("must let iot/integration/night watch device.call on iot/pump 7/attributes/limit");
        assertThat(refused.get(2).body()).contains("device.call on iot/pump 7/attributes/limit");
        await().until(() -> cloud.audit().size() == 4);
        assertThat(cloud.audit()).allSatisfy(entry -> {
            assertThat(entry.who()).isEqualTo("iot/integration/night watch");
            assertThat(entry.where()).isEqualTo("127.0.0.1");
        });
        cloud.rules("allow * device.call iot/*/actions/*");
        assertThat(program.post(model + "/actions/start", "").statusCode()).isEqualTo(202);
    }
}

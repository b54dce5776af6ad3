package io.hawser.verify.iot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.wire.IotMessage;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript library 18.3.2 for operators as the npm registry has it, a whole hub, and a device of ours, over TLS. */
@Tag("slow")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NodeOperatorTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","description":"","system":false,"attributes":[
            {"name":"level","type":"NUMBER"},{"name":"limit","type":"INTEGER","range":"0,100","writable":true},
            {"name":"mode","type":"STRING","writable":true}],"actions":[{"name":"turn","argType":"NUMBER"}],
            "formats":[{"urn":"urn:test:pump:dry","name":"dry","type":"ALERT","description":"runs dry",
            "deviceModel":"urn:test:pump","value":{"fields":[{"name":"level","type":"NUMBER","optional":false}]}}]}""";

    @TempDir
    private Path folder;

    @BeforeAll
    static void install(@TempDir Path logs) throws Exception {
        NodeDevice.install(logs, NodeDevice.OPERATOR);
    }

    @Test
    void itOperatesADeviceOfOurs() throws Exception {
        try (DeviceHub hub = new DeviceHub(folder)) {
            hub.model(URN, MODEL.getBytes(UTF_8));
            try (DirectlyConnectedDevice device =
                    new DirectlyConnectedDevice(Path.of(hub.device("pump-7")), DeviceHub.PASSPHRASE)) {
                device.activate(URN);
                isOperated(device, hub);
            }
        }
    }

    private void isOperated(DirectlyConnectedDevice device, DeviceHub hub) throws Exception {
        VirtualDevice pump = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
        pump.setOnChange(event -> {});
        CompletableFuture<Object> turned = new CompletableFuture<>();
        pump.setCallable("turn", argument -> turned.complete(argument.orElseThrow()));
        Path file = Path.of(hub.integration("node"));
        try (NodeDevice operator =
                new NodeDevice("operator.js", NodeDevice.OPERATOR, folder, file, DeviceHub.PASSPHRASE, hub.trust())) {
            assertThat(operator.hears("watches")).isEqualTo(device.getEndpointId());
            operates(operator, pump);
            operator.tell("turn 0.5");
            assertThat(turned.get(60, TimeUnit.SECONDS)).isEqualTo(0.5);
            assertThat(operator.hears("turned")).isEqualTo("COMPLETED 202");
        }
    }

    private static void operates(NodeDevice operator, VirtualDevice pump) throws Exception {
        pump.set("level", 4.5).join();
        assertThat(operator.hears("changed level")).isEqualTo("4.5");
        pump.createAlert(URN + ":dry")
                .set("level", 0.25)
                .severity(IotMessage.Severity.CRITICAL)
                .raise()
                .join();
        assertThat(operator.hears("alert")).isEqualTo("CRITICAL 0.25");
        operator.tell("limit 77");
        assertThat(operator.hears("changed limit")).isEqualTo("77");
        operator.tell("both 78");
        assertThat(operator.hears("changed mode")).isEqualTo("slow");
        assertThat(pump.get("limit")).contains(78L);
    }
}

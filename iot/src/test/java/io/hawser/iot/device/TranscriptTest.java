package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.link.Oddity;
import io.hawser.iot.wire.ProvisioningFile;
import io.hawser.net.tls.Authority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * iot/01 and iot/02: our device does what the program did that drove the original Java library, and is answered likewise; it says the same,
 * but for ids, times, keys and the words of a refusal.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TranscriptTest {
    private static final String URN = "urn:com:oracle:iot:device:humidity_sensor";
    private static final DeviceOptions OPTIONS =
            DeviceOptions.defaults().persistence(false).dispatcher(options -> options.settleTime(Duration.ZERO));

    private final Path folder;
    private final Authority authority;

    TranscriptTest(@TempDir Path folder) {
        this.folder = folder;
        this.authority = new Authority(folder, "test");
    }

    private Path provision(String url, String id, String secret, Map<String, Value.Opaque> connected) throws Exception {
        ProvisioningFile file = ProvisioningFile.read(
                Files.readAllBytes(Provision.file(folder.resolve("d.conf"), url, id, authority.pem(), connected)),
                Provision.PASSPHRASE.toCharArray());
        ProvisioningFile as = new ProvisioningFile(
                file.serverUri(),
                file.clientId(),
                new Value.Opaque(secret.getBytes(UTF_8)),
                Optional.empty(),
                file.trustAnchors(),
                Optional.empty(),
                Optional.empty(),
                connected);
        return Files.write(folder.resolve("d.conf"), as.write(Provision.PASSPHRASE.toCharArray(), new SecureRandom()));
    }

    @Test
    void aDirectlyConnectedDevice() throws Exception {
        Recorded recorded = new Recorded("java1.jsonl");
        try (Oddity server = new Oddity(authority.issue("localhost"), recorded)) {
            Path file = provision(server.url(), "DEV-1", "s3cret-1", Map.of());
            try (DirectlyConnectedDevice device =
                    new DirectlyConnectedDevice(file, Provision.PASSPHRASE.toCharArray(), OPTIONS)) {
                device.activate(URN);
                device.dispatcher();
                VirtualDevice sensor = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
                sensor.set("humidity", 42).join();
                sensor.update().set("humidity", 55).set("maxThreshold", 90).finish();
                sensor.createAlert(URN + ":too_humid").set("humidity", 99).raise();
                sensor.createData(URN + ":report")
                        .set("humidity", 12)
                        .set("note", "hi")
                        .submit();
                sensor.setCallable("calibrate", argument -> assertThat(argument).contains(1.5));
                sensor.setOnChange(event -> assertThat(event.changes()).hasSize(1));
                compare(recorded, server);
            }
        }
    }

    @Test
    void aGatewayAndThreeDevicesBehindIt() throws Exception {
        Recorded recorded = new Recorded("javagw.jsonl");
        Map<String, Value.Opaque> connected = Map.of("ICD-1", new Value.Opaque("icd-secret".getBytes(UTF_8)));
        try (Oddity server = new Oddity(authority.issue("localhost"), recorded)) {
            Path file = provision(server.url(), "GW-1", "s3cret-gw", connected);
            try (GatewayDevice gateway = new GatewayDevice(file, Provision.PASSPHRASE.toCharArray(), OPTIONS)) {
                gateway.activate();
                gateway.dispatcher();
                Map<String, String> metadata = Map.of(
                        GatewayDevice.MANUFACTURER, "M",
                        GatewayDevice.MODEL_NUMBER, "MN-1",
                        GatewayDevice.SERIAL_NUMBER, "SN-1");
                String sensor = gateway.registerDevice("ICD-1", metadata, URN);
                gateway.registerDevice("ICD-2", metadata, URN);
                gateway.registerDevice(true, "ICD-3", metadata, URN);
                VirtualDevice first = gateway.createVirtualDevice(sensor, gateway.getDeviceModel(URN));
                first.setOnChange("maxThreshold", event -> {});
                first.set("humidity", 11);
                compare(recorded, server);
            }
        }
    }

    private static void compare(Recorded recorded, Oddity server) {
        recorded.begin();
        List<String> messages = recorded.originalMessages();
        await().untilAsserted(
                        () -> assertThat(Recorded.messages(server.heard())).hasSameSizeAs(messages));
        assertThat(Recorded.messages(server.heard())).containsExactlyInAnyOrderElementsOf(messages);
        assertThat(Recorded.calls(server.heard())).containsExactlyElementsOf(recorded.originalCalls());
        assertThat(Recorded.posts(server.heard())).isEqualTo(recorded.originalPosts());
        assertThat(server.heard("iot.sync").get(0).path()).endsWith("/messages?acceptBytes=4190&iot.sync");
    }
}

package io.hawser.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.ProvisioningFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser app}, {@code integration} and {@code device watch}, and limits of what is kept of devices. */
@Timeout(60)
class ApplicationTest extends AdminStage {
    ApplicationTest(@TempDir Path folder) {
        super(settings(DevelopmentAuthority.in(folder, Instant.now())));
    }

    private static Map<String, ?> settings(DevelopmentAuthority own) {
        Map<String, Object> settings = new HashMap<>(DeviceTest.settings(own));
        settings.put("iot.registry.devices", 1);
        return settings;
    }

    @Test
    void aProgramIsGivenAnIntegrationOfAnApplication(@TempDir Path folder) throws Exception {
        lines("app", "add", "lab", "--description", "second floor");
        assertThat(run("app", "add", "lab")).isEqualTo(1);
        Fields made = json("integration", "add", "dashboard", "--application", "lab");
        String secret = made.string("secret").orElseThrow();
        assertThat(made.string("application")).contains("lab");
        assertThat(run("integration", "add", "dashboard", "--application", "lab"))
                .isEqualTo(1);
        assertThat(run("integration", "add", "screen")).isEqualTo(6);
        assertThat(lines("app", "ls"))
                .singleElement()
                .asString()
                .startsWith("application=lab  id=")
                .endsWith("devices=0  integrations=1  description=second floor");
        assertThat(lines("integration", "ls")).singleElement().asString().doesNotContain(secret);
        assertThat(run("app", "rm", "lab")).isEqualTo(1);
        assertThat(err.toString()).contains("0 devices and 1 integrations; remove those first");

        Path file = folder.resolve("dashboard.conf");
        pipe("passphrase\n");
        lines("integration", "provision", "dashboard", "-f", file.toString());
        ProvisioningFile given = ProvisioningFile.read(Files.readAllBytes(file), "passphrase".toCharArray());
        assertThat(given.serverUri()).isEqualTo("https://hub.example:9443");
        assertThat(given.clientId()).isEqualTo(made.string("id").orElseThrow());
        assertThat(given.endpointId()).contains(given.clientId());
        assertThat(given.sharedSecret()).isEqualTo(new Value.Opaque(secret.getBytes(UTF_8)));

        assertThat(json("integration", "rotate", "dashboard").string("secret")).isNotEqualTo(made.string("secret"));
        lines("integration", "rm", "dashboard");
        assertThat(run("integration", "rotate", "dashboard")).isEqualTo(6);
        lines("app", "rm", "lab");
        assertThat(lines("app", "ls")).isEmpty();
    }

    @Test
    void aLimitOfTheConfigurationIsOneOfTheRegistry() {
        lines("device", "register", "THERMO-1");
        assertThat(run("device", "register", "THERMO-2")).isEqualTo(1);
        assertThat(err.toString()).contains("there are 1 devices, and the limit is 1");
        assertThat(get("/api/v1/counters").text())
                .contains(
                        "{\"counter\":\"registry_full\",\"count\":1,\"meaning\":\"things of IoT devices that were refused")
                .contains("{\"counter\":\"published\",\"count\":");
    }

    @Test
    void aDeviceIsWatched() {
        CompletableFuture<Integer> watching = CompletableFuture.supplyAsync(
                () -> run("device", "watch", "THERMO 1", "--count", "1", "-o", "json", "-s", hub.eftlUrl()));
        await().until(() -> err.toString().contains("listening"));
        run("pub", "iot/THERMO-2/state", "state=online", "-s", hub.eftlUrl());
        run("pub", "iot/THERMO 1/state", "state=offline", "-s", hub.eftlUrl());
        assertThat(watching.join()).isZero();
        assertThat(out.toString()).contains("\"iot/THERMO 1/state\"", "offline").doesNotContain("THERMO-2");
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.IotGateway;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.MessageKind;
import io.hawser.iot.wire.ProvisioningFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser device} and {@code hawser model}: what they show and change is in the hub's registry. */
class DeviceTest extends AdminStage {
    private static final String SENSOR = "urn:test:sensor";

    private final IotGateway gateway = hub.iot().orElseThrow();

    DeviceTest(@TempDir Path folder) {
        super(settings(DevelopmentAuthority.in(folder, Instant.now())));
    }

    static Map<String, ?> settings(DevelopmentAuthority own) {
        return Map.of(
                "iot.enabled",
                true,
                "iot.port",
                0,
                "iot.tls.certificate",
                own.certificate().toString(),
                "iot.tls.key",
                own.key().toString(),
                "iot.url",
                "https://hub.example:9443",
                "iot.trust",
                own.trust().toString());
    }

    @Test
    void theFileThatADeviceIsGivenSaysAllThatItNeeds(@TempDir Path folder) throws Exception {
        String secret = json("device", "register", "THERMO-1").string("secret").orElseThrow();
        Path file = folder.resolve("thermo.conf");
        pipe("");
        assertThat(run("device", "provision", "THERMO-1", "-f", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the passphrase must not be empty");
        assertThat(run("device", "provision", "THERMO-1", "-o", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("-o says how things are shown; where a file goes says -f FILE");
        pipe("open sesame\n");
        assertThat(lines("device", "provision", "THERMO-1", "-f", file.toString()))
                .containsExactly(file.toString());
        ProvisioningFile given = ProvisioningFile.read(Files.readAllBytes(file), "open sesame".toCharArray());
        assertThat(given.serverUri()).isEqualTo("https://hub.example:9443");
        assertThat(given.clientId()).isEqualTo("THERMO-1");
        assertThat(given.sharedSecret()).isEqualTo(new Value.Opaque(secret.getBytes(StandardCharsets.UTF_8)));
        assertThat(given.trustAnchors()).hasSize(1);
        assertThat(given.endpointId()).isEmpty();

        assertThat(run("device", "provision", "THERMO-1", "-f", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is there already");
        activated("THERMO-2");
        assertThat(run(
                        "device",
                        "provision",
                        "THERMO-2",
                        "-f",
                        folder.resolve("2").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("THERMO-2 is ACTIVATED; rotate its secret");
    }

    private <T> T ask(Function<Registry, CompletableFuture<T>> question) {
        return gateway.ask(question).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private Device activated(String hardwareId) throws Exception {
        return activated(hardwareId, SENSOR);
    }

    private Device activated(String hardwareId, String... models) throws Exception {
        lines("device", "register", hardwareId);
        PublicKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        return ask(registry -> registry.devices()
                .activate(registry.devices().named(hardwareId).orElseThrow().id(), key, List.of(models)));
    }

    @Test
    void aDeviceIsRegisteredShownChangedAndRemoved() {
        Fields registered = json("device", "register", "THERMO-1", "--name", "by the door", "--application", "lab");
        assertThat(registered.string("secret").orElseThrow()).hasSize(32);
        assertThat(lines("device", "ls"))
                .singleElement()
                .asString()
                .startsWith("device=THERMO-1  endpoint=")
                .contains("state=registered  online=false  kind=directly_connected_device")
                .doesNotContain("secret");
        Fields shown = json("device", "show", "THERMO-1");
        assertThat(shown.string("name")).contains("by the door");
        assertThat(shown.string("application")).contains("lab");
        assertThat(shown.find("secret")).isNull();
        String endpoint = registered.string("endpoint").orElseThrow();
        assertThat(json("device", "show", endpoint)).isEqualTo(shown);
        assertThat(json("device", "disable", "THERMO-1").string("state")).contains("disabled");
        assertThat(json("device", "enable", "THERMO-1").string("state")).contains("registered");
        assertThat(json("device", "rotate", "THERMO-1").string("secret")).isNotEqualTo(registered.string("secret"));
        assertThat(json("device", "revoke", "THERMO-1").string("state")).contains("disabled");
        assertThat(json("device", "decommission", "THERMO-1").string("state")).contains("decommissioned");
        lines("device", "rm", "THERMO-1");
        assertThat(lines("device", "ls")).isEmpty();
    }

    @Test
    void whatCannotBeDoneIsTold() {
        assertThat(run("device", "show", "nobody")).isEqualTo(6);
        assertThat(err.toString()).contains("there is no device nobody");
        lines("device", "register", "THERMO-1");
        assertThat(run("device", "register", "THERMO-1")).isEqualTo(1);
        assertThat(err.toString()).contains("there is a device THERMO-1 already");
        assertThat(run("device", "register", " ")).isEqualTo(2);
        assertThat(err.toString()).contains("the hardware id is empty");
        assertThat(run("device", "set", "THERMO-1", "a=1")).isEqualTo(2);
        assertThat(run("device", "call", "THERMO-1", "a", "--timeout", "61")).isEqualTo(2);
        assertThat(run("device", "cancel", "none")).isEqualTo(6);
        assertThat(get("/api/v1/devices/THERMO-1/messages?kind=noise").status()).isEqualTo(400);
        assertThat(post("/api/v1/devices/THERMO-1/commands", "{}").status()).isEqualTo(400);
        assertThat(post("/api/v1/devices/THERMO-1/commands", "{\"model\":\"m\"}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/api/v1/devices/THERMO-1/commands", "{\"wait\":-1}").status())
                .isEqualTo(400);
    }

    @Test
    void whatADeviceSaidIsShown() throws Exception {
        Device device = activated("THERMO-1");
        ask(registry -> registry.history().accept(List.of(message(device, MessageKind.DATA, SENSOR + ":attributes"))));
        ask(registry -> registry.history().accept(List.of(message(device, MessageKind.ALERT, SENSOR + ":hot"))));
        assertThat(lines("device", "show", "THERMO-1"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("attribute=t  value=7");
        assertThat(lines("device", "messages", "THERMO-1")).hasSize(2);
        assertThat(lines("device", "messages", "THERMO-1", "-n", "1"))
                .singleElement()
                .asString()
                .contains("kind=alert");
        assertThat(lines("device", "alerts", "THERMO-1"))
                .singleElement()
                .asString()
                .contains("severity=CRITICAL  description=what it is");
    }

    private static DeviceMessage message(Device device, MessageKind kind, String format) {
        boolean alert = kind == MessageKind.ALERT;
        return new DeviceMessage(
                "",
                device.id(),
                kind,
                SENSOR,
                format,
                alert ? "CRITICAL" : "",
                alert ? "what it is" : "",
                "LOW",
                "BEST_EFFORT",
                1_000,
                Fields.of("t", Value.of(7)));
    }

    @Test
    void aCommandForADeviceThatIsAwayWaitsAndCanBeTakenBack() throws Exception {
        activated("THERMO-1");
        assertThat(run("device", "set", "THERMO-1", "max=77", "--timeout", "1")).isEqualTo(5);
        assertThat(out.toString()).contains("state=queued  method=PUT  url=deviceModels/" + SENSOR + "/attributes/max");
        Fields queued = json("device", "call", "THERMO-1", "reset", "--timeout", "0");
        assertThat(queued.string("url")).contains("deviceModels/" + SENSOR + "/actions/reset");
        assertThat(lines("device", "commands", "THERMO-1")).hasSize(2);
        String id = queued.string("command").orElseThrow();
        assertThat(json("device", "cancel", id).string("state")).contains("cancelled");
        assertThat(get("/api/v1/commands/" + id).text()).contains("cancelled");
        assertThat(run("device", "cancel", id)).isEqualTo(1);
        assertThat(err.toString()).contains("is CANCELLED; only one that waits");
    }

    @Test
    void whoAsksHearsWhatTheDeviceAnswered() throws Exception {
        Device device = activated("THERMO-1");
        CompletableFuture<Command> answered = new CompletableFuture<>();
        gateway.ask(registry -> {
                    registry.commands().listen(command -> registry.commands()
                            .next(List.of(device.id()), 4_190)
                            .thenAccept(handout -> handout.commands().forEach(one -> registry.commands()
                                    .answer(
                                            device.id(),
                                            one.id(),
                                            202,
                                            one.order().body())
                                    .thenAccept(answered::complete))));
                    return CompletableFuture.completedFuture(true);
                })
                .join();
        Fields done = json("device", "set", "THERMO-1", "a=1", "b=two", "--timeout", "30");
        assertThat(done.string("state")).contains("completed");
        assertThat(done.string("method")).contains("PATCH");
        assertThat(done.find("answer"))
                .isEqualTo(new Value.Nested(
                        Fields.builder().put("a", 1).put("b", "two").build()));
        await().until(answered::isDone);
    }

    @Test
    void modelsAreImportedAndServed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("sensor.json");
        Files.writeString(
                file,
                "{\"urn\":\"" + SENSOR + "\",\"name\":\"Sensor\",\"attributes\":[],\"actions\":[],\"formats\":[]}");
        assertThat(lines("model", "add", file.toString()))
                .singleElement()
                .asString()
                .startsWith("model=" + SENSOR + "  version=1  draft=false");
        assertThat(lines("model", "ls")).hasSize(1);
        assertThat(JsonText.read(lines("model", "show", SENSOR).get(0)).string("name"))
                .contains("Sensor");
        lines("model", "rm", SENSOR);
        assertThat(run("model", "show", SENSOR)).isEqualTo(6);
        Files.writeString(file, "[{\"urn\":\"urn:good\",\"name\":\"x\",\"description\":null},{\"urn\":\"urn:bad\"}]");
        assertThat(run("model", "add", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("urn:bad: ").contains("name");
        assertThat(lines("model", "ls")).as("all of the file or nothing").isEmpty();
        assertThat(run("model", "validate", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("urn:bad: ");
        Files.writeString(file, "[{\"urn\":\"urn:good\",\"name\":\"x\",\"description\":null}]");
        assertThat(lines("model", "validate", file.toString())).containsExactly("urn:good is good");
        lines("model", "add", file.toString());
        assertThat(JsonText.read(lines("model", "show", "urn:good").get(0)).find("description"))
                .as("devices cannot read null")
                .isNull();
        Files.writeString(file, "nonsense");
        assertThat(run("model", "add", file.toString())).isEqualTo(2);
        assertThat(run("model", "add", folder.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    void devicesFollowPoliciesAndAreToldSo(@TempDir Path folder) throws Exception {
        Device device = activated("THERMO-1", SENSOR, "urn:oracle:iot:dcd:capability:device_policy");
        Path file = folder.resolve("mean.json");
        Files.writeString(file, "[{\"attributeName\":\"t\",\"pipeline\":[{\"id\":\"mean\"}]}]");
        String id =
                json("policy", "add", SENSOR, file.toString()).string("policy").orElseThrow();
        assertThat(json("policy", "assign", id, "THERMO-1").find("devices")).isEqualTo(Value.of(1));
        assertThat(lines("device", "commands", "THERMO-1"))
                .singleElement()
                .asString()
                .contains("url=deviceModels/urn:oracle:iot:dcd:capability:device_policy/policyChanged");
        Files.writeString(file, "[{\"pipeline\":[{\"id\":\"batchBySize\",\"parameters\":{\"batchSize\":5}}]}]");
        lines("policy", "change", id, file.toString());
        assertThat(lines("policy", "show", id).get(0)).contains("batchBySize");
        assertThat(run("policy", "rm", id)).isEqualTo(1);
        assertThat(json("policy", "unassign", id, device.id()).find("devices")).isEqualTo(Value.of(0));
        assertThat(lines("device", "commands", "THERMO-1")).hasSize(3);
        assertThat(lines("policy", "ls")).hasSize(1);
        lines("policy", "rm", id);
        assertThat(lines("policy", "ls")).isEmpty();
        Files.writeString(file, "[{\"pipeline\":[]}]");
        assertThat(run("policy", "add", SENSOR, file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("pipelines[0].pipeline must be a list of functions");
        assertThat(run("policy", "assign", id, "THERMO-1")).isEqualTo(6);
    }
}

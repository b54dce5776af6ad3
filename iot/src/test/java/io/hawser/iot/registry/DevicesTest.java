package io.hawser.iot.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.iot.registry.kept.RegistryException.Reason;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be done with devices, and that it is still so after a restart. */
class DevicesTest {
    private static final String GATEWAY = "urn:oracle:iot:dcd:capability:indirect_activation";

    @TempDir
    private Path temp;

    private final Scene scene = Scene.inMemory();
    private final Application lab = application(scene);

    @AfterEach
    void end() {
        scene.close();
    }

    private static Application application(Scene scene) {
        return scene.done(scene.registry().applications().add("lab", "", Map.of("floor", "3")));
    }

    private Devices devices() {
        return scene.registry().devices();
    }

    private Device register(String hardwareId) {
        return scene.done(devices().register(Registration.of(hardwareId, lab.id())));
    }

    private Device activated(String hardwareId, String... models) {
        return scene.done(devices().activate(register(hardwareId).id(), Scene.key(), List.of(models)));
    }

    @Test
    void aDeviceIsRegisteredActivatedAndFound() {
        Device device = register("DEV-1");
        assertThat(device.state()).isEqualTo(DeviceState.REGISTERED);
        assertThat(device.keys().secret().orElseThrow().reveal()).hasSize(32);
        scene.clock().advance(Duration.ofSeconds(5));
        PublicKey key = Scene.key();
        Device active = scene.done(devices().activate(device.id(), key, List.of("urn:a", "urn:b")));
        assertThat(active.state()).isEqualTo(DeviceState.ACTIVATED);
        assertThat(active.kind()).isEqualTo(DeviceKind.DIRECTLY_CONNECTED_DEVICE);
        assertThat(active.activated()).isEqualTo(Scene.START + 5_000);
        assertThat(active.models()).containsExactly("urn:a", "urn:b");
        assertThat(active.keys().publicKey()).contains(key);
        assertThat(devices().get(device.id())).contains(active);
        assertThat(devices().byHardware("DEV-1")).contains(active);
        assertThat(devices().named("DEV-1")).contains(active);
        assertThat(devices().named(device.id())).contains(active);
    }

    @Test
    void whatIsKeptIsTheSameInTheNextLifeOnEveryEngine() {
        for (Scene each : List.of(Scene.inMemory(), Scene.on(temp.resolve("data")))) {
            Registry before = each.registry();
            Application application = application(each);
            Integration integration = each.done(before.integrations().add(application.id(), "desk"));
            Registration registration = new Registration(
                    "GW-1",
                    application.id(),
                    "gate",
                    "at the door",
                    Map.of("serialNumber", "7"),
                    Optional.of(Secret.of("s")));
            Device gate = each.done(before.devices().register(registration));
            gate = each.done(before.devices().activate(gate.id(), Scene.key(), List.of(GATEWAY)));
            Device sensor = each.done(before.devices()
                    .join(gate.id(), new Joining("BT-1", List.of("urn:s"), Map.of("protocol", "bt"), true)));
            each.restart();
            Registry after = each.registry();
            assertThat(after.applications().all()).containsExactly(application);
            assertThat(after.integrations().all()).containsExactly(integration);
            assertThat(after.devices().all()).containsExactlyInAnyOrder(gate, sensor);
            assertThat(after.devices().behind(gate.id())).containsExactly(sensor);
            assertThat(after.devices().byHardware("BT-1")).contains(sensor);
            assertThat(sensor.mailbox()).isEqualTo(gate.id());
            each.close();
        }
    }

    @Test
    void nothingIsSeenBeforeTheStoreHasIt() {
        CompletableFuture<Device> coming = devices().register(Registration.of("DEV-1", lab.id()));
        assertThat(devices().byHardware("DEV-1")).isEmpty();
        assertThat(coming).isNotDone();
        Device device = scene.done(coming);
        CompletableFuture<Device> disabling = devices().disable(device.id());
        assertThat(devices().get(device.id())).contains(device);
        scene.done(disabling);
        assertThat(devices().get(device.id()).orElseThrow().state()).isEqualTo(DeviceState.DISABLED);
    }

    @Test
    void twoChangesOfOneDeviceAtOnceAreBothMade() {
        String id = register("DEV-1").id();
        CompletableFuture<Device> first = devices().describe(id, "one", "", Map.of());
        CompletableFuture<Device> second = devices().activate(id, Scene.key(), List.of());
        CompletableFuture<Device> third = devices().disable(id);
        Device device = scene.done(third);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(device.name()).isEqualTo("one");
        assertThat(device.keys().publicKey()).isPresent();
        assertThat(device.state()).isEqualTo(DeviceState.DISABLED);
    }

    @Test
    void aHardwareIdIsGivenOnceThoughTwoAskAtOnce() {
        CompletableFuture<Device> first = devices().register(Registration.of("DEV-1", lab.id()));
        CompletableFuture<Device> second = devices().register(Registration.of("DEV-1", lab.id()));
        assertThat(scene.refused(second)).hasMessageContaining("there is a device DEV-1 already");
        assertThat(devices().all()).containsExactly(scene.done(first));
    }

    @Test
    void anAnswerThatWasLostCanBeAskedForAgainAndNoOtherKeyIsTakenOnceTheDeviceWasHeard() {
        PublicKey key = Scene.key();
        String id = register("DEV-1").id();
        Device first = scene.done(devices().activate(id, key, List.of("urn:a")));
        assertThat(scene.done(devices().activate(id, key, List.of("urn:a")))).isEqualTo(first);
        Device second = scene.done(devices().activate(id, Scene.key(), List.of("urn:a")));
        assertThat(second.keys().epoch()).isGreaterThan(first.keys().epoch());
        assertThat(second.keys().publicKey()).isNotEqualTo(first.keys().publicKey());

        scene.done(scene.registry().heard().heard(first));
        Device third = scene.done(devices().activate(id, Scene.key(), List.of("urn:a")));
        scene.done(scene.registry().heard().heard(third));
        scene.restart();
        assertThat(scene.refused(devices().activate(id, Scene.key(), List.of("urn:a"))))
                .hasMessageContaining("is ACTIVATED; rotate its secret")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.CONFLICT));
    }

    @Test
    void whenADeviceWasHeardIsKeptOnceAMinuteAndForgottenWithIt() {
        Device device = scene.done(devices().activate(register("DEV-1").id(), Scene.key(), List.of()));
        LastHeard heard = scene.registry().heard();
        assertThat(heard.of(device.id())).isEmpty();
        long start = scene.clock().millis();
        scene.done(heard.heard(device));
        scene.clock().advance(Duration.ofSeconds(59));
        assertThat(heard.heard(device)).isCompleted();
        assertThat(heard.of(device.id())).hasValue(start + 59_000);
        scene.restart();
        assertThat(scene.registry().heard().of(device.id())).hasValue(start);

        scene.clock().advance(Duration.ofSeconds(1));
        scene.done(scene.registry().heard().heard(device));
        scene.restart();
        assertThat(scene.registry().heard().of(device.id())).hasValue(start + 60_000);
        scene.done(devices().remove(device.id()));
        scene.restart();
        assertThat(scene.registry().heard().of(device.id())).isEmpty();
    }

    @Test
    void tokensOfBeforeAreVoidAfterEachChangeOfKeysAndAfterDisabling() {
        Device device = activated("DEV-1");
        Device disabled = scene.done(devices().disable(device.id()));
        assertThat(disabled.keys().epoch()).isGreaterThan(device.keys().epoch());
        Device enabled = scene.done(devices().enable(device.id()));
        assertThat(enabled.state()).isEqualTo(DeviceState.ACTIVATED);
        assertThat(enabled.keys().epoch())
                .isGreaterThanOrEqualTo(disabled.keys().epoch());
        Device rotated = scene.done(devices().rotate(device.id()));
        assertThat(rotated.state()).isEqualTo(DeviceState.REGISTERED);
        assertThat(rotated.keys().epoch()).isGreaterThan(enabled.keys().epoch());
        assertThat(rotated.keys().secret()).isNotEqualTo(device.keys().secret());
        assertThat(rotated.keys().publicKey()).isEmpty();
        Device revoked = scene.done(devices().revoke(device.id()));
        assertThat(revoked.keys().secret()).isEmpty();
        assertThat(revoked.state()).isEqualTo(DeviceState.DISABLED);
        assertThat(scene.refused(devices().enable(device.id()))).hasMessageContaining("has no keys; rotate");
        assertThat(scene.done(devices().rotate(device.id())).state()).isEqualTo(DeviceState.REGISTERED);
    }

    @Test
    void whatIsDecommissionedStaysSo() {
        String id = activated("DEV-1").id();
        Device gone = scene.done(devices().decommission(id));
        assertThat(gone.keys().secret()).isEmpty();
        Stream.of(
                        devices().enable(id),
                        devices().disable(id),
                        devices().rotate(id),
                        devices().revoke(id))
                .forEach(change -> assertThat(scene.refused(change)).hasMessageContaining("DECOMMISSIONED"));
        assertThat(scene.refused(devices().activate(id, Scene.key(), List.of())))
                .hasMessageContaining("DECOMMISSIONED");
        assertThat(scene.done(devices().decommission(id))).isEqualTo(gone);
        scene.done(devices().remove(id));
        assertThat(devices().all()).isEmpty();
        assertThat(devices().byHardware("DEV-1")).isEmpty();
        assertThat(register("DEV-1").id()).isNotEqualTo(id);
    }

    @Test
    void aDeviceBehindAGatewayKeepsItsIdAndMayMoveUnlessItIsRestricted() {
        String one = activated("GW-1", GATEWAY).id();
        String two = activated("GW-2", GATEWAY).id();
        Joining free = new Joining("BT-1", List.of("urn:s"), Map.of("protocol", "bt"), false);
        Device sensor = scene.done(devices().join(one, free));
        assertThat(sensor.application()).isEqualTo(lab.id());
        assertThat(scene.done(devices().join(one, free))).isEqualTo(sensor);
        Device moved = scene.done(devices().join(two, free));
        assertThat(moved.id()).isEqualTo(sensor.id());
        assertThat(devices().behind(one)).isEmpty();
        assertThat(devices().behind(two)).containsExactly(moved);
        scene.done(devices().join(two, new Joining("BT-1", List.of("urn:s"), Map.of(), true)));
        assertThat(scene.refused(devices().join(one, free))).hasMessageContaining("behind gateway " + two + " alone");
        scene.done(devices().remove(two));
        assertThat(scene.refused(devices().join(two, free))).hasMessageContaining("there is no device " + two);
    }

    @Test
    void onlyAnActivatedGatewayHasDevicesBehindIt() {
        String plain = activated("DEV-1").id();
        Joining joining = new Joining("BT-1", List.of(), Map.of(), false);
        assertThat(scene.refused(devices().join(plain, joining))).hasMessageContaining("only an activated gateway");
        String gate = activated("GW-1", GATEWAY).id();
        scene.done(devices().disable(gate));
        assertThat(scene.refused(devices().join(gate, joining))).hasMessageContaining("DISABLED");
        scene.done(devices().enable(gate));
        assertThat(scene.refused(devices().join(gate, new Joining("DEV-1", List.of(), Map.of(), false))))
                .hasMessageContaining("activated by itself");
    }

    @Test
    void eachLimitIsTakenAtItAndRefusedBeyondIt() {
        scene.restart(RegistryLimits.DEFAULT.withDevices(2));
        CompletableFuture<Device> first = devices().register(Registration.of("x".repeat(128), lab.id()));
        CompletableFuture<Device> second = devices().register(Registration.of("B", lab.id()));
        assertThat(scene.refused(devices().register(Registration.of("C", lab.id()))))
                .hasMessageContaining("there are 2 devices, and the limit is 2")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT));
        assertThat(scene.refused(devices().register(Registration.of("x".repeat(129), lab.id()))))
                .hasMessageContaining("129 characters, and the limit is 128");
        assertThat(scene.refused(devices().register(Registration.of(" ", lab.id()))))
                .hasMessageContaining("is empty");
        assertThat(scene.refused(devices().register(Registration.of("D\n", lab.id()))))
                .hasMessageContaining("control characters");
        assertThat(scene.refused(devices().register(Registration.of("D", "none"))))
                .hasMessageContaining("there is no application none");
        scene.done(first);
        scene.done(devices().remove(scene.done(second).id()));
        register("C");
    }

    @Test
    void noSecretShowsInWhatIsLogged() {
        Registration registration =
                new Registration("DEV-1", lab.id(), "", "", Map.of(), Optional.of(Secret.of("canary")));
        Device device = scene.done(devices().register(registration));
        assertThat(device.toString() + registration).doesNotContain("canary");
        assertThat(device.keys().secret()).contains(Secret.of("canary"));
    }
}

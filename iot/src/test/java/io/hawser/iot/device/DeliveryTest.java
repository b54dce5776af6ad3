package io.hawser.iot.device;

import static io.hawser.iot.link.Oddity.answer;
import static io.hawser.iot.link.Oddity.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.iot.device.virtual.ErrorEvent;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.dispatch.QueueFullException;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptException;
import io.hawser.iot.dispatch.kept.KeptLimits;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.Oddity;
import io.hawser.net.tls.Authority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of values that the server does not take: whoever said them hears, and nothing that was accepted is lost. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DeliveryTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL = """
            {"urn":"urn:test:pump","name":"pump","attributes":[{"name":"level","type":"NUMBER"},{"name":"mode","type":"STRING"}],
            "actions":[],"formats":[{"urn":"urn:test:pump:dry","name":"dry","type":"ALERT","value":{"fields":[
            {"name":"level","type":"NUMBER","optional":false}]}}]}""";
    private static final String TAKEN = answer(200, "[]");

    private final Oddity server;
    private final Authority authority;
    private final Path folder;
    private final List<ErrorEvent> errors = new CopyOnWriteArrayList<>();
    private Path file = Path.of("");
    private volatile String verdict = TAKEN;

    DeliveryTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        authority = new Authority(folder, "test");
        server = new Oddity(authority.issue("localhost"), this::script);
    }

    private String script(Oddity.Said call) {
        if (call.path().endsWith("/token")) {
            return token("t", 3_600_000);
        }
        if (call.path().contains("/activation/policy")) {
            return answer(200, "{\"keyType\":\"RSA\",\"hashAlgorithm\":\"SHA256withRSA\",\"keySize\":2048}");
        }
        if (call.path().contains("/activation/direct")) {
            return answer(200, "{\"endpointId\":\"E1\",\"endpointState\":\"ACTIVATED\"}");
        }
        if (call.path().contains("/devicePolicies")) {
            return answer(200, "{\"items\":[]}");
        }
        if (call.path().contains("/deviceModels/")) {
            return answer(200, MODEL);
        }
        if (call.path().contains("iot.sync")) {
            return Oddity.SILENCE;
        }
        return call.body().contains("\"type\":\"DATA\"") || call.body().contains("\"type\":\"ALERT\"")
                ? verdict
                : TAKEN;
    }

    @BeforeEach
    void provision() throws Exception {
        file = Provision.file(folder.resolve("d.conf"), server.url(), "DEV-1", authority.pem(), Map.of());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private DirectlyConnectedDevice device(UnaryOperator<DispatcherOptions> change) throws Exception {
        DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                file,
                Provision.PASSPHRASE.toCharArray(),
                DeviceOptions.defaults().dispatcher(change));
        if (!device.isActivated()) {
            device.activate(URN);
        }
        return device;
    }

    private static VirtualDevice pump(DirectlyConnectedDevice device) throws Exception {
        return device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel(URN));
    }

    private List<Oddity.Said> said(String text) {
        return server.heard("/messages").stream()
                .filter(call -> call.body().contains(text))
                .toList();
    }

    @Test
    void valuesThatTheServerRefusesAreTold() throws Exception {
        try (DirectlyConnectedDevice device = device(options -> options.backoff(Duration.ofMillis(100)))) {
            VirtualDevice pump = pump(device);
            List<ErrorEvent> levels = new CopyOnWriteArrayList<>();
            pump.setOnError(errors::add);
            pump.setOnError("level", levels::add);
            verdict = answer(403, "{\"detail\":\"not you\"}");
            CompletableFuture<Void> sent =
                    pump.update().set("level", 1).set("mode", "slow").finish();
            await().until(() -> !errors.isEmpty());
            assertThat(levels.get(0).values().names()).containsExactly("level");
            assertThat(errors.get(0).values().names()).containsExactly("level", "mode");
            assertThat(errors.get(0).message()).contains("not you");
            assertThat(((LinkException) errors.get(0).cause()).kind()).isEqualTo(LinkException.Kind.DENIED);
            assertThat(sent).isCompletedExceptionally();
            assertThat(pump.get("mode")).as("the device knows best").contains("slow");
        }
    }

    @Test
    void whatHasNoRoomIsToldAndWhatHadIsDeliveredOnceTheServerHasTime() throws Exception {
        try (DirectlyConnectedDevice device =
                device(options -> options.backoff(Duration.ofMillis(100)).maxQueueSize(5))) {
            VirtualDevice pump = pump(device);
            pump.setOnError(errors::add);
            await().until(() -> device.dispatcher().queueSize() == 0);
            verdict = answer(503, "");
            for (int i = 1; i <= 6; i++) {
                pump.set("level", i);
            }
            await().until(() -> !errors.isEmpty());
            assertThat(errors.get(0).cause()).isInstanceOf(QueueFullException.class);
            assertThat(errors.get(0).values().toString()).contains("6");
            verdict = TAKEN;
            await().until(() -> device.dispatcher().queueSize() == 0);
            assertThat(errors).hasSize(1);
            assertThat(said("\"level\":5")).isNotEmpty();
            assertThat(said("\"level\":6")).isEmpty();
        }
    }

    @Test
    void anAlertThatWasNotDeliveredIsDeliveredByTheNextProgram() throws Exception {
        verdict = answer(503, "");
        try (DirectlyConnectedDevice device = device(options -> options.closeTimeout(Duration.ZERO))) {
            VirtualDevice pump = pump(device);
            pump.setOnError(errors::add);
            pump.createAlert("urn:test:pump:dry").set("level", 7).raise();
        }
        assertThat(errors).isEmpty();
        verdict = TAKEN;
        int before = said("urn:test:pump:dry").size();
        try (DirectlyConnectedDevice device = device(options -> options)) {
            device.dispatcher();
            await().until(() -> said("urn:test:pump:dry").size() > before);
        }
    }

    @Test
    void aDeviceMayBeClosedInACallback() throws Exception {
        DirectlyConnectedDevice device = device(options -> options);
        pump(device).set("level", 1).thenRun(device::close).get();
        await().until(() -> {
            try (DeviceFile free =
                    DeviceFile.open(Path.of(file + ".db"), KeptLimits.DEFAULT, InstantSource.system(), Runnable::run)) {
                return free.flush().isDone();
            } catch (KeptException taken) {
                return false;
            }
        });
    }

    @Test
    void aServerWithoutPoliciesOrWithSenselessOnesDoesNotStopADevice() throws Exception {
        try (Oddity odd = new Oddity(
                        authority.issue("localhost"),
                        call -> call.path().contains("/devicePolicies") ? answer(500, "broken") : script(call));
                DirectlyConnectedDevice device = new DirectlyConnectedDevice(
                        Provision.file(folder.resolve("o.conf"), odd.url(), "DEV-1", authority.pem(), Map.of()),
                        Provision.PASSPHRASE)) {
            device.activate(URN);
            VirtualDevice pump = pump(device);
            pump.offer("level", 3).join();
            assertThat(odd.heard("/devicePolicies")).hasSize(1);
        }
    }
}

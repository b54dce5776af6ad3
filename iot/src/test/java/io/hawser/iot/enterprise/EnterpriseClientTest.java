package io.hawser.iot.enterprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.core.value.Value;
import io.hawser.iot.device.DirectlyConnectedDevice;
import io.hawser.iot.device.Provision;
import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.wire.operator.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator's program finds at our hub, over TLS, in one JVM. */
@Timeout(60)
class EnterpriseClientTest {
    @TempDir
    private Path folder;

    private Operations operations;

    @BeforeEach
    void start() throws Exception {
        operations = new Operations(folder);
    }

    @AfterEach
    void stop() {
        operations.close();
    }

    @Test
    void itSeesItsApplicationItsDevicesAndTheirModels() throws Exception {
        DirectlyConnectedDevice pump = operations.device("pump-7");
        for (int i = 0; i < 4; i++) {
            operations.cloud.register("spare-" + i, "secret");
        }
        EnterpriseClient operator = operations.operator("ops");
        assertThat(operator.getApplication().name()).isEqualTo("test");
        Pages<Device> spares =
                operator.devices(new Filter.Test("hardwareId", Filter.Operator.LIKE, Value.of("spare-%")));
        Pages.Page<Device> page = spares.page(1, 2);
        assertThat(page.items()).hasSize(2).allMatch(device -> device.state().equals("REGISTERED"));
        assertThat(page.hasMore()).isTrue();
        assertThat(page.total()).hasValue(4);
        assertThat(spares.all()).hasSize(4).doesNotHaveDuplicates();
        assertThat(operator.devices().all()).hasSize(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spares.page(0, 201))
                .withMessageContaining("1 to 200");

        Device known = operator.getDevice("pump-7");
        assertThat(known.id()).isEqualTo(pump.getEndpointId());
        assertThat(operator.getDevice(known.id())).isEqualTo(known);
        assertThat(known.online()).isTrue();
        assertThat(known.models()).containsExactly(Operations.URN);
        assertThat(known.activated()).isPresent();
        DeviceModel model = operator.getDeviceModel(Operations.URN);
        assertThat(model.attribute("limit").orElseThrow().writable()).isTrue();
        assertThat(operator.deviceModels().all()).containsExactly(model);
    }

    @Test
    void whatIsNotThereIsSaidToBeSo() throws Exception {
        operations.device("pump-7");
        EnterpriseClient operator = operations.operator("ops");
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(() -> operator.createVirtualDevice("pump-8", Operations.URN))
                .withMessageContaining("no device pump-8")
                .matches(why -> why.status() == 404);
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(() -> operator.createVirtualDevice("pump-7", "urn:test:door"))
                .withMessageContaining("no device model urn:test:door");
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> operator.outcome("nonsense").join())
                .withMessageContaining("there is no request nonsense");
    }

    @Test
    void aProgramOfAnotherApplicationSeesNothingOfThis() throws Exception {
        DirectlyConnectedDevice pump = operations.device("pump-7");
        String other = operations
                .cloud
                .ask(registry -> registry.applications().add("other", "", Map.of()))
                .id();
        String id = operations
                .cloud
                .ask(registry -> registry.integrations().add(other, "strangers"))
                .id();
        String secret = operations.cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.integrations().get(id).orElseThrow().secret().reveal()));
        Path file = Provision.integration(
                folder.resolve("strangers"), operations.cloud.url(), id, secret, operations.cloud.trust());
        EnterpriseClient stranger = operations.opened(new EnterpriseClient(file, Provision.PASSPHRASE));
        assertThat(stranger.devices().all()).isEmpty();
        VirtualDevice nothing =
                stranger.createVirtualDevice(pump.getEndpointId(), stranger.getDeviceModel(Operations.URN));
        assertThat(nothing.getLastKnown("level")).isEmpty();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> nothing.set("limit", 1).join())
                .withMessageContaining("there is no device");
    }

    @Test
    void aFileThatIsNoneOfAProgramIsRefusedAndAWrongSecretDenied() throws Exception {
        operations.cloud.register("pump-7", "secret of pump-7");
        Path device = Provision.file(
                folder.resolve("d"), operations.cloud.url(), "pump-7", operations.cloud.trust(), Map.of());
        assertThatExceptionOfType(AssetsException.class)
                .isThrownBy(() -> new EnterpriseClient(device, Provision.PASSPHRASE))
                .withMessageContaining("needs that of an integration")
                .matches(why -> why.kind() == AssetsException.Kind.UNUSABLE);
        Path known = operations.provisioned("ops");
        String id = operations.cloud.ask(registry -> CompletableFuture.completedFuture(
                registry.integrations().named("ops").orElseThrow().id()));
        Files.delete(known);
        Path wrong = Provision.integration(known, operations.cloud.url(), id, "guess", operations.cloud.trust());
        EnterpriseClient operator = operations.opened(new EnterpriseClient(wrong, Provision.PASSPHRASE));
        assertThatExceptionOfType(LinkException.class)
                .isThrownBy(operator::getApplication)
                .matches(why -> why.kind() == LinkException.Kind.DENIED);
    }

    @Test
    void optionsHaveTheKeysOfTheOriginals() throws Exception {
        Path file = Files.writeString(folder.resolve("options"), """
                [enterprise]
                monitor_polling_interval = 250
                oracle.iot.client.enterprise.monitor_max_formats = 5
                controller_polling_interval = 100
                controller_retry_count = 7
                http_response_timeout = 900
                dispatcher_max_queue_size = 10
                """);
        EnterpriseOptions options = EnterpriseOptions.file(file);
        assertThat(options.monitorInterval()).isEqualTo(Duration.ofMillis(250));
        assertThat(options.maxFormats()).isEqualTo(5);
        assertThat(options.outcomePatience()).isEqualTo(Duration.ofMillis(700));
        assertThat(options.link().answerTimeout()).isEqualTo(Duration.ofMillis(900));
        Files.writeString(
                file, "monitor_max_formats = none\ncontroler_retry_count = 3\nmonitor_polling_interval = 0\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnterpriseOptions.file(file))
                .withMessageContaining("line 1: monitor_max_formats must be a whole number, and is 'none'")
                .withMessageContaining(
                        "line 2: controler_retry_count is not known; did you mean controller_retry_count?")
                .withMessageContaining("line 3: monitor_polling_interval must be a time of at least 1 ms");
    }
}

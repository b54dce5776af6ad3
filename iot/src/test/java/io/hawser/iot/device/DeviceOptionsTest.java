package io.hawser.iot.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.iot.policy.rule.NetworkCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceOptionsTest {
    private final Path file;

    DeviceOptionsTest(@TempDir Path folder) {
        file = folder.resolve("config.ini");
    }

    private DeviceOptions read(String text) throws IOException {
        Files.writeString(file, text);
        return DeviceOptions.file(file);
    }

    @Test
    void aFileOfTheOriginalsIsRead() throws Exception {
        DeviceOptions options = read("""
                # how the library behaves
                [device_messaging]
                dispatcher_max_queue_size = 7
                dispatcher_basic_number_of_retries: 5
                [messaging]
                http_response_timeout = 2500
                long_polling_timeout_offset = 50
                [device_model]
                ; where models are kept
                device_model_store = /var/models
                allow_draft_device_models=True
                prefix=dm-
                network_cost = cellular
                [rest_api]
                use_webapi=False
                com.oracle.iot.client.device.persistence.directory = /var/pump
                com.oracle.iot.client.device.persistence.db_name = pump.db
                """);
        assertThat(options.dispatcher().maxQueueSize()).isEqualTo(7);
        assertThat(options.link().answerTimeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(options.link().pollOffset()).isEqualTo(Duration.ofMillis(50));
        assertThat(options.link().drafts()).isTrue();
        assertThat(options.modelStore()).contains(Path.of("/var/models"));
        assertThat(options.policyStore()).contains(Path.of("/var/models"));
        assertThat(read("device_policy_store = /var/policies").policyStore()).contains(Path.of("/var/policies"));
        assertThat(options.networkCost()).isEqualTo(NetworkCost.CELLULAR);
        assertThat(options.persistenceFile()).contains(Path.of("/var/pump/pump.db"));
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        dispatcher_max_queue_sice = 7
                        http_response_timeout = soon

                        disable_long_polling = perhaps
                        send_receive_timeout = -1
                        use_webapi = true
                        dispatcher_max_queue_size = 0
                        colour = red
                        network_cost = 7
                        """))
                .withMessageContaining("config.ini: ")
                .withMessageContaining(
                        "line 1: dispatcher_max_queue_sice is not known; did you mean dispatcher_max_queue_size?")
                .withMessageContaining("line 2: http_response_timeout must be a whole number, and is 'soon'")
                .withMessageContaining("line 4: disable_long_polling must be true or false, and is 'perhaps'")
                .withMessageContaining("line 5: send_receive_timeout must be a number of milliseconds from 0 on")
                .withMessageContaining("line 6: use_webapi must be false")
                .withMessageContaining("line 7: dispatcher_max_queue_size out of range")
                .withMessageContaining("line 8: colour is not known")
                .withMessageContaining(
                        "line 9: network_cost must be one of [ETHERNET, CELLULAR, SATELLITE], and is '7'");
    }

    @Test
    void systemPropertiesHaveTheNamesOfTheOriginalAndStrangersAreLeftAlone() {
        Properties properties = new Properties();
        properties.setProperty("oracle.iot.client.device.request_buffer_size", "100");
        properties.setProperty("oracle.iot.client.device.send_receive_timeout", "0");
        properties.setProperty("com.oracle.iot.client.disable_long_polling", "");
        properties.setProperty("oracle.iot.client.http_response_timeout", "0");
        properties.setProperty("com.oracle.iot.client.unheard_of", "7");
        properties.setProperty("dispatcher_max_queue_size", "7");
        DeviceOptions options = OptionKeys.system(DeviceOptions.defaults(), properties);
        assertThat(options.requestBufferSize()).isEqualTo(4192);
        assertThat(options.sendReceiveTimeout()).isZero();
        assertThat(options.link().answerTimeout()).isGreaterThan(Duration.ofDays(300));
        assertThat(options.dispatcher().maxQueueSize()).isEqualTo(10_000);
        properties.setProperty("oracle.iot.client.http_response_timeout", "soon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OptionKeys.system(DeviceOptions.defaults(), properties))
                .withMessageContaining("the system properties: oracle.iot.client.http_response_timeout must be");
    }
}

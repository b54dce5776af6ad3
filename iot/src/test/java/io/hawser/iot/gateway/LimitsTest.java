package io.hawser.iot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.count.Counter;
import io.hawser.iot.gateway.storage.StorageLimits;
import io.hawser.iot.registry.RegistryLimits;
import io.hawser.iot.registry.kept.RegistryException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who meets a limit is told which, and it is counted. */
@Timeout(60)
class LimitsTest {
    private static final String URN = "urn:test:pump";
    private static final String MODEL =
            "{\"urn\":\"urn:test:pump\",\"name\":\"pump\",\"attributes\":[{\"name\":\"level\",\"type\":\"NUMBER\"}],\"actions\":[],\"formats\":[]}";

    private final Cloud cloud;
    private final RawDevice pump;

    LimitsTest(@TempDir Path folder) throws Exception {
        cloud = new Cloud(
                folder,
                settings -> settings.withLimits(1, StorageLimits.DEFAULT, RegistryLimits.DEFAULT.withDevices(1)));
        cloud.model(URN, MODEL);
        cloud.register("pump-7", "secret-7");
        pump = new RawDevice(cloud, "pump-7", "secret-7");
        pump.activate(URN);
    }

    @AfterEach
    void stop() {
        cloud.close();
    }

    @Test
    void aDeviceMoreThanMayBeKeptIsRefusedToWhoeverAsks() throws Exception {
        assertThatThrownBy(() -> cloud.register("pump-8", "secret-8"))
                .hasCauseInstanceOf(RegistryException.class)
                .hasMessageContaining("there are 1 devices, and the limit is 1");
        assertThat(cloud.count(Counter.REGISTRY_FULL)).isEqualTo(1);
        RawDevice user = new RawDevice(cloud, "user", "");
        user.show("alice", "");
        HttpResponse<String> refused = user.post("/iot/api/v2/devices", "{\"hardwareId\":\"pump-8\"}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("there are 1 devices, and the limit is 1");
        assertThat(cloud.count(Counter.REGISTRY_FULL)).isEqualTo(2);
    }

    @Test
    void aDeviceThatSaysTooMuchIsToldToWait() throws Exception {
        assertThat(say(0, 60).statusCode()).isEqualTo(200);
        assertThat(cloud.count(Counter.DEVICES_SLOWED)).isZero();
        HttpResponse<String> refused = say(60, 1);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("more than 1 messages a second");
        assertThat(cloud.count(Counter.DEVICES_SLOWED)).isEqualTo(1);
    }

    private HttpResponse<String> say(int from, int count) throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            all.add("{\"clientId\":\"c" + i + "\",\"source\":\"" + pump.endpointId
                    + "\",\"type\":\"DATA\",\"eventTime\":1,\"payload\":{\"format\":\"urn:test:pump:attributes\","
                    + "\"data\":{\"level\":" + i + "}}}");
        }
        return pump.post("/iot/api/v2/messages?acceptBytes=0", "[" + String.join(",", all) + "]");
    }
}

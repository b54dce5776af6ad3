package io.hawser.iot.policy.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;

/** Whatever the bytes, they are a policy or are refused. Without a fuzzer it replays the inputs beside it. */
class PolicyFuzzTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    @FuzzTest
    void anyBytesGiveAPolicyOrARefusal(byte[] bytes) {
        try {
            DevicePolicy policy = DevicePolicy.read(JSON.object(bytes), PolicyLimits.DEFAULT);
            assertThat(DevicePolicy.read(policy.fields(), PolicyLimits.DEFAULT)).isEqualTo(policy);
        } catch (PolicyException refused) {
            assertThat(refused.reason()).isNotBlank().hasSizeLessThan(3_000);
        } catch (ProtocolException noJson) {
            assertThat(noJson.reason()).isNotBlank();
        }
    }
}

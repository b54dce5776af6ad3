package io.hawser.iot.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Filter;

/**
 * Whatever the bytes, they are models or are refused, and what was understood is said again without loss. Without a fuzzer it
 * replays the inputs beside it.
 */
class ModelFuzzTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    @FuzzTest
    void anyBytesGiveModelsOrARefusal(byte[] bytes) throws Exception {
        try {
            for (Fields fields : ModelFile.read(bytes, JSON)) {
                DeviceModel model = DeviceModel.read(fields);
                assertThat(DeviceModel.read(JSON.object(Json.write(model.fields()))))
                        .isEqualTo(model);
            }
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank().hasSizeLessThan(400);
        } catch (ModelException refused) {
            assertThat(refused.problems()).isNotEmpty().hasSizeLessThanOrEqualTo(101);
        }
    }

    @FuzzTest
    void anyBytesGiveAFilterOrARefusal(byte[] bytes) throws Exception {
        try {
            Filter filter = Filter.parse(new String(bytes, UTF_8), JSON);
            Fields once = filter.fields();
            assertThat(filter.matches(once)).isIn(true, false);
            assertThat(Filter.parse(new String(Json.write(once), UTF_8), JSON).fields())
                    .isEqualTo(once);
        } catch (ProtocolException refused) {
            assertThat(refused.reason()).isNotBlank().hasSizeLessThan(2_000);
        }
    }
}

package io.hawser.iot.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.Vectors;
import io.hawser.iot.wire.Vectors.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the original Java library sent under a policy, and what the engine sends that is given the same: the captured conversations
 * {@code pol-*}. In these a program offered {@code humidity} 10, 11, 12, ...; times and client ids are variables.
 */
class PolicyVectorsTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final IotCodec CODEC = new IotCodec(IotLimits.DEFAULT);

    @ParameterizedTest
    @CsvSource({"pol-mean.jsonl, 200, 20", "pol-alert.jsonl, 100, 5", "pol-bs.jsonl, 100, 8", "pol-cm.jsonl, 100, 6"})
    void theEngineSendsWhatTheOriginalSent(String file, long interval, int offers) throws Exception {
        List<Exchange> said = Vectors.exchanges(file);
        DeviceModel model = DeviceModel.read(JSON.object(answer(said, "?expand=formats")));
        Value.Sequence items = (Value.Sequence)
                JSON.object(answer(said, "devicePolicies?q=")).get("items").orElseThrow();
        DevicePolicy policy = DevicePolicy.read(((Value.Nested) items.values().get(0)).fields(), PolicyLimits.DEFAULT);
        PolicyEngine engine = new PolicyEngine(
                model,
                name -> Optional.empty(),
                new MemoryHeldMessages(),
                PolicyLimits.DEFAULT,
                new Random(1),
                age -> IotHead.of("id", "EP-DEV-1", age));

        List<IotMessage> sent = new ArrayList<>();
        long start = 1_795_224_399_383L;
        sent.addAll(engine.assign(policy, start).messages());
        for (int i = 0; i < offers; i++) {
            PolicyResult result = engine.offer(Fields.of("humidity", Value.of(10 + i)), start + 1 + i * interval);
            assertThat(result.problems()).isEmpty();
            sent.addAll(result.messages());
        }
        sent.addAll(engine.due(start + 5_000).messages());

        List<IotMessage> expected = new ArrayList<>();
        for (Exchange each : said) {
            if (each.url().contains("/messages")) {
                expected.addAll(CODEC.read(each.body().getBytes(UTF_8)));
            }
        }
        expected.removeIf(message -> message.type() == IotMessage.Type.RESOURCES_REPORT);
        assertThat(expected).isNotEmpty();
        assertThat(written(sent)).isEqualTo(written(expected));
    }

    private static byte[] answer(List<Exchange> said, String url) {
        return said.stream()
                .filter(each -> each.url().contains(url))
                .findFirst()
                .orElseThrow()
                .answer()
                .getBytes(UTF_8);
    }

    /** The bytes of the messages, each with the same id and time. */
    private static String written(List<IotMessage> messages) {
        List<IotMessage> plain = messages.stream()
                .map(message -> message.with(IotHead.of("id", message.head().source(), 0)
                        .with(message.head().priority(), message.head().reliability())))
                .toList();
        return new String(CODEC.write(plain), UTF_8).replace("},{", "},\n{");
    }
}

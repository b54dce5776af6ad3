package io.hawser.verify.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.policy.MemoryHeldMessages;
import io.hawser.iot.policy.PolicyEngine;
import io.hawser.iot.policy.PolicyResult;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many values a second one engine takes, one value an offer and one offer a millisecond. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PolicyBenchmark {
    private static final String MODEL = """
            {"urn": "urn:x", "name": "x", "attributes": [
                {"name": "t", "type": "NUMBER", "range": "-1000,1000"}, {"name": "f", "type": "NUMBER"}]}
            """;

    /** What the policy does: nothing, withhold, compute another attribute, a mean of a second four times a second, hold 100 messages. */
    @Param({"none", "filter", "metric", "mean", "batch"})
    public String policy = "none";

    private final Json json = new Json(IotLimits.DEFAULT);
    private PolicyEngine engine = engine(new String[0]);
    private long now;

    /** Makes the engine. */
    @Setup
    public void follow() {
        engine = switch (policy) {
            case "filter" -> engine("t", "filterCondition", "'condition': '$(t) > 500 OR $(t) < -500'");
            case "metric" -> engine("f", "computedMetric", "'formula': '$(t) * 9 / 5 + 32'");
            case "mean" -> engine("t", "mean", "'window': 1000, 'slide': 250");
            case "batch" -> engine("*", "batchBySize", "'batchSize': 100");
            default -> engine();
        };
    }

    private PolicyEngine engine(String... function) {
        String pipelines = function.length == 0
                ? ""
                : "{'attributeName': '" + function[0] + "', 'pipeline': [{'id': '" + function[1] + "', 'parameters': {"
                        + function[2] + "}}]}";
        String said = "{'id': 'P', 'lastModified': 1, 'pipelines': [" + pipelines + "]}";
        try {
            DeviceModel model = DeviceModel.read(json.object(MODEL.getBytes(UTF_8)));
            PolicyEngine made = new PolicyEngine(
                    model,
                    name -> Optional.empty(),
                    new MemoryHeldMessages(),
                    PolicyLimits.DEFAULT,
                    new Random(1),
                    age -> IotHead.of("id", "EP-1", age));
            Fields fields = json.object(said.replace('\'', '"').getBytes(UTF_8));
            made.assign(DevicePolicy.read(fields, PolicyLimits.DEFAULT), now);
            return made;
        } catch (Exception impossible) {
            throw new IllegalStateException(said, impossible);
        }
    }

    /** One value. */
    @Benchmark
    public PolicyResult offer() {
        now++;
        return engine.offer(Fields.of("t", Value.of((now & 1023) - 512.0)), now);
    }
}

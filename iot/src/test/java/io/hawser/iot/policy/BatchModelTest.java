package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.formula.FormulaLimits;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random batches with restarts and changes of policy: each message goes once, in order, and the engine never waits in vain. */
class BatchModelTest {
    private static final int RUNS = 300;
    private static final List<NetworkCost> COSTS = List.of(NetworkCost.values());
    private static final int MOST_HELD = 20;
    private static final PolicyLimits LIMITS =
            new PolicyLimits(10, Duration.ofHours(1), 10, MOST_HELD, FormulaLimits.DEFAULT);

    @Test
    void eachMessageGoesOnceAndInOrder() {
        long first = new Random().nextLong();
        for (int run = 0; run < RUNS; run++) {
            try {
                run(new Random(first + run));
            } catch (AssertionError | RuntimeException different) {
                throw new AssertionError("seed " + (first + run), different);
            }
        }
    }

    private static void run(Random random) {
        Rig rig = new Rig(LIMITS, new MemoryHeldMessages());
        rig.follow(batch(random));
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (int step = 0; step < 150; step++) {
            rig.now += random.nextInt(40);
            switch (random.nextInt(12)) {
                case 0 -> found.addAll(rig.follow(batch(random)));
                case 1 -> {
                    rig.restarted();
                    found.addAll(rig.follow(batch(random)));
                }
                case 2 -> {
                    NetworkCost cost = COSTS.get(random.nextInt(COSTS.size()));
                    found.addAll(rig.show(rig.engine.networkCost(cost, rig.now)));
                }
                case 3 -> found.addAll(rig.show(rig.engine.due(rig.now)));
                default -> {
                    found.addAll(rig.show(rig.engine.offer(Fields.of("h", Value.of(step)), rig.now)));
                    expected.add("data {h=" + step + "}");
                }
            }
            assertThat(found).isEqualTo(expected.subList(0, found.size()));
            assertThat(rig.held.load()).hasSize(expected.size() - found.size()).hasSizeLessThan(MOST_HELD);
            rig.engine.nextDue().ifPresent(due -> assertThat(due).isGreaterThan(rig.now));
        }
        found.addAll(rig.show(rig.engine.flush(rig.now)));
        assertThat(found).isEqualTo(expected);
        assertThat(rig.held.load()).isEmpty();
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    private static String batch(Random random) {
        return pipeline(
                "*",
                switch (random.nextInt(3)) {
                    case 0 -> "batchBySize 'batchSize':" + (1 + random.nextInt(MOST_HELD));
                    case 1 -> "batchByTime 'delayLimit':" + (1 + random.nextInt(200));
                    default -> "batchByCost 'networkCost':'" + COSTS.get(random.nextInt(COSTS.size())) + "'";
                });
    }
}

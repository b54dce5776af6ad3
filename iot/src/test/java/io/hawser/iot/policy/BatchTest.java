package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.following;
import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.formula.FormulaLimits;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.IotMessage.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a batch holds back, when it lets go, and what of it survives ({@code specs/iot.md} 4.2, 3.9). */
class BatchTest {
    private static final String ALL = "*";
    private static final IotHead HEAD = IotHead.of("c", "EP-1", 1);

    private static List<String> data(int... values) {
        return IntStream.of(values).mapToObj(value -> "data {h=" + value + "}").toList();
    }

    @Test
    void batchBySizeReleasesWhenThereAreEnough() {
        Rig rig = following(pipeline(ALL, "batchBySize 'batchSize':3"));
        assertThat(rig.offers("h", 1, 2)).isEmpty();
        assertThat(rig.device).as("the device has it all the same").containsEntry("h", Value.of(2));
        assertThat(rig.held.load()).hasSize(2);
        assertThat(rig.offers("h", 3, 4)).containsExactlyElementsOf(data(1, 2, 3));
        assertThat(rig.held.load()).hasSize(1);
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    @Test
    void batchByTimeReleasesAtEachDelay() {
        Rig rig = following(pipeline(ALL, "batchByTime 'delayLimit':1000"));
        assertThat(rig.engine.nextDue()).as("nothing is held").isEmpty();
        assertThat(rig.offers("h", 1, 2)).isEmpty();
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(1_001_000));
        assertThat(rig.pass(1_000)).containsExactlyElementsOf(data(1, 2));
        assertThat(rig.offer("h", 3)).as("at the very moment").isEmpty();
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(1_002_000));
        assertThat(rig.pass(5_300)).containsExactlyElementsOf(data(3));
        rig.offer("h", 4);
        assertThat(rig.pass(699)).isEmpty();
        assertThat(rig.pass(1)).containsExactlyElementsOf(data(4));
        assertThat(rig.held.load()).isEmpty();
    }

    @Test
    void batchByCostHoldsWhileTheNetworkIsDear() {
        Rig rig = following(pipeline(ALL, "batchByCost 'networkCost':'CELLULAR(3G, LTE)'"));
        assertThat(rig.offer("h", 1)).containsExactlyElementsOf(data(1));
        cost(rig, NetworkCost.CELLULAR);
        assertThat(rig.offer("h", 2)).containsExactlyElementsOf(data(2));
        cost(rig, NetworkCost.SATELLITE);
        assertThat(rig.offers("h", 3, 4)).isEmpty();
        assertThat(cost(rig, NetworkCost.ETHERNET)).containsExactlyElementsOf(data(3, 4));
    }

    @Test
    void whatWasHeldWhenTheProgramEndedWaitsForThePolicyWhateverItCosts() {
        Rig rig = following(pipeline(ALL, "batchByCost 'networkCost':'CELLULAR'"));
        cost(rig, NetworkCost.SATELLITE);
        rig.offer("h", 1);
        rig.restarted();
        assertThat(cost(rig, NetworkCost.SATELLITE)).isEmpty();
        assertThat(rig.follow(pipeline(ALL, "batchByCost 'networkCost':'CELLULAR'")))
                .isEmpty();
        assertThat(cost(rig, NetworkCost.ETHERNET)).containsExactlyElementsOf(data(1));
    }

    @Test
    void batchByCostHoldsNothingUnlessItSaysSo() {
        Rig rig = following(pipeline(ALL, "batchByCost"));
        cost(rig, NetworkCost.SATELLITE);
        assertThat(rig.offer("h", 1)).containsExactlyElementsOf(data(1));
    }

    private static List<String> cost(Rig rig, NetworkCost cost) {
        return rig.show(rig.engine.networkCost(cost, rig.now));
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, CRITICAL, true",
        "CRITICAL, SIGNIFICANT, false",
        "SIGNIFICANT, CRITICAL, true",
        "LOW, LOW, true",
        "NORMAL, LOW, false",
        "'', CRITICAL, true",
        "'', SIGNIFICANT, false"
    })
    void aBadEnoughAlertReleasesWhatIsHeld(String asked, Severity severity, boolean releases) {
        for (String function : List.of(
                "batchBySize 'batchSize':100",
                "batchByTime 'delayLimit':100",
                "batchByCost 'networkCost':'ETHERNET'")) {
            String parameter = asked.isEmpty() ? "" : ",'alertSeverity':'" + asked + "'";
            Rig rig = following(pipeline(ALL, function + parameter));
            cost(rig, NetworkCost.CELLULAR);
            rig.offer("h", 1);
            IotMessage alert = new IotMessage.Alert(HEAD, "hot", severity, "", Fields.of("value", Value.of(1.0)));
            List<String> shown = rig.show(rig.engine.offer(List.of(alert), rig.now));
            if (releases) {
                assertThat(shown).containsExactly("data {h=1}", "alert " + severity + " hot {value=1.0}");
                assertThat(rig.held.load()).isEmpty();
            } else {
                assertThat(shown).isEmpty();
                assertThat(rig.held.load()).hasSize(2);
            }
        }
    }

    @Test
    void anAlertOfTheSamePolicyReleasesToo() {
        Rig rig = following(
                pipeline(
                        "h",
                        "alertCondition 'condition':'$(h) > 2','filter':false,"
                                + "'alert':{'urn':'hot','fields':{'value':'$(h)'},'severity':'CRITICAL'}"),
                pipeline(ALL, "batchBySize 'batchSize':100"));
        assertThat(rig.offers("h", 1, 2, 3))
                .containsExactly("data {h=1}", "data {h=2}", "alert CRITICAL hot {value=3.0}");
        assertThat(rig.held.load()).hasSize(1);
    }

    @Test
    void answersAndReportsAreNeverHeld() {
        Rig rig = following(pipeline(ALL, "batchBySize 'batchSize':100"));
        IotMessage response = new IotMessage.Response(HEAD, 200, "r", "", Map.of(), new Value.Opaque(new byte[0]));
        assertThat(rig.show(rig.engine.offer(List.of(response), rig.now))).containsExactly("RESPONSE");
    }

    @Test
    void whatIsHeldSurvivesARestartAndGoesOnWaiting() {
        Rig rig = following(pipeline(ALL, "batchBySize 'batchSize':3"));
        rig.offers("h", 1, 2);
        rig.restarted();
        assertThat(rig.follow(pipeline(ALL, "batchBySize 'batchSize':3"))).isEmpty();
        assertThat(rig.offer("h", 3)).containsExactlyElementsOf(data(1, 2, 3));
    }

    @Test
    void whatIsHeldGoesAfterARestartIfNobodyWantsToWaitAnyLonger() {
        Rig rig = following(pipeline(ALL, "batchBySize 'batchSize':3"));
        rig.offers("h", 1, 2);
        rig.restarted();
        assertThat(rig.follow(pipeline(ALL, "batchBySize 'batchSize':2"))).containsExactlyElementsOf(data(1, 2));
        rig.offer("h", 3);
        rig.restarted();
        assertThat(rig.show(rig.engine.unassign(rig.now))).containsExactlyElementsOf(data(3));
        assertThat(rig.held.load()).isEmpty();
    }

    @Test
    void whatIsHeldByTimeGoesAtTheFirstDelayAfterARestart() {
        Rig rig = following(pipeline(ALL, "batchByTime 'delayLimit':1000"));
        rig.offer("h", 1);
        rig.restarted();
        rig.now += 20_000;
        assertThat(rig.follow(pipeline(ALL, "batchByTime 'delayLimit':1000"))).isEmpty();
        assertThat(rig.engine.nextDue()).isEqualTo(OptionalLong.of(rig.now + 1_000));
        assertThat(rig.pass(1_000)).containsExactlyElementsOf(data(1));
    }

    @Test
    void aBatchHoldsSoManyAndNoMore() {
        PolicyLimits limits = new PolicyLimits(10, Duration.ofHours(1), 10, 3, FormulaLimits.DEFAULT);
        Rig rig = new Rig(limits, new MemoryHeldMessages());
        rig.follow(pipeline(ALL, "batchByTime 'delayLimit':1000"));
        assertThat(rig.offers("h", 1, 2)).isEmpty();
        assertThat(rig.offer("h", 3)).containsExactlyElementsOf(data(1, 2, 3));
        assertThat(rig.offer("h", 4)).isEmpty();
    }

    @Test
    void anotherPolicyBeginsWithNothing() {
        Rig rig = following(
                pipeline("t", "mean 'window':1000"),
                pipeline("max", "eliminateDuplicates 'window':9000"),
                pipeline(ALL, "batchBySize 'batchSize':100"));
        rig.offers("t", 1, 3);
        rig.offers("max", 5, 5);
        assertThat(rig.follow(pipeline("max", "eliminateDuplicates 'window':9000")))
                .containsExactly("data {max=5}", "data {t=2.0}");
        assertThat(rig.offers("max", 5, 5)).containsExactly("data {max=5}");
        assertThat(rig.offer("t", 7)).containsExactly("data {t=7.0}");
    }

    @Test
    void aPolicyThatIsNotEnabledSaysNothing() throws Exception {
        Rig rig = following(pipeline("h", "sampleQuality 'rate':2"));
        Fields off = Rig.policy(
                        PolicyLimits.DEFAULT,
                        pipeline("h", "sampleQuality 'rate':'none'"),
                        pipeline(ALL, "batchBySize 'batchSize':100"))
                .fields()
                .toBuilder()
                .put("enabled", Value.of(false))
                .build();
        rig.engine.assign(DevicePolicy.read(off, PolicyLimits.DEFAULT), rig.now);
        assertThat(rig.offer("h", 1)).containsExactlyElementsOf(data(1));
    }
}

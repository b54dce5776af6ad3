package io.hawser.iot.policy;

import static io.hawser.iot.policy.Rig.following;
import static io.hawser.iot.policy.Rig.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each function does to the values of an attribute, on a clock that is turned by hand ({@code specs/iot.md} 4.2). */
class PolicyEngineTest {
    private static final String HOT = "'alert':{'urn':'hot','fields':{'value':'$(t)'},'severity':'CRITICAL'}";

    @Test
    void withoutAPolicyAValueIsSentAsTheModelHasIt() {
        Rig rig = new Rig();
        assertThat(rig.offer("t", 1.5)).containsExactly("data {t=1.5}");
        assertThat(rig.offer("temperature", 2)).containsExactly("data {t=2.0}");
        assertThat(rig.offer("h", 2.5)).containsExactly("data {h=3}");
        assertThat(rig.offer("on", Value.of(true))).containsExactly("data {on=TRUE}");
        assertThat(rig.offer("t", Double.NaN)).isEmpty();
        assertThat(rig.offer("name", 1)).containsExactly("problem name must be of type STRING, and is a double 1.0");
        assertThat(rig.offer("t", 1_001)).containsExactly("problem t must be within -1000,1000, and is 1001.0");
        assertThat(rig.offer("x", 1)).containsExactly("problem the model urn:x has no attribute x");
        assertThat(rig.engine.nextDue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, false", "0, true", "0.5, true", "-0.5, true", "-1, false", "2, false"})
    void filterConditionPassesBetweenMinusOneAndOne(double result, boolean passes) {
        Rig rig = following(pipeline("t", "filterCondition 'condition':'" + result + "'"));
        assertThat(rig.offer("t", 7)).hasSize(passes ? 1 : 0);
    }

    @Test
    void filterConditionWithholdsWhileItHolds() {
        Rig rig = following(pipeline("t", "filterCondition 'condition':'$(t) < 10 OR $$(h) = 1'"));
        assertThat(rig.offers("t", 9, 10, 11)).containsExactly("data {t=10.0}", "data {t=11.0}");
        rig.offer("h", 1);
        assertThat(rig.offer("t", 12)).isEmpty();
        assertThat(rig.device).containsEntry("t", Value.of(11.0));
    }

    @Test
    void eliminateDuplicatesWithholdsWhatIsEqualUntilItsWindowEnds() {
        Rig rig = following(pipeline("t", "eliminateDuplicates 'window':1000"));
        assertThat(rig.offers("t", 1, 1, 2, 1, 1)).containsExactly("data {t=1.0}", "data {t=2.0}", "data {t=1.0}");
        rig.pass(999);
        assertThat(rig.offer("t", 1)).isEmpty();
        rig.pass(1);
        assertThat(rig.offers("t", 1, 1)).containsExactly("data {t=1.0}");
        rig.pass(999);
        assertThat(rig.offer("t", 1)).isEmpty();
    }

    @Test
    void detectDuplicatesPassesAllAndRaisesOneAlertAWindow() {
        Rig rig = following(pipeline("t", "detectDuplicates 'delayLimit':1000," + HOT));
        assertThat(rig.offers("t", 1, 1, 1))
                .containsExactly("data {t=1.0}", "alert CRITICAL hot {value=1.0}", "data {t=1.0}", "data {t=1.0}");
        assertThat(rig.offers("t", 2, 2))
                .containsExactly("data {t=2.0}", "alert CRITICAL hot {value=2.0}", "data {t=2.0}");
        rig.pass(1000);
        assertThat(rig.offers("t", 2)).containsExactly("data {t=2.0}");
        assertThat(rig.offers("t", 2)).containsExactly("alert CRITICAL hot {value=2.0}", "data {t=2.0}");
    }

    @ParameterizedTest
    @CsvSource({"0, 600", "1, 600", "2, 300", "3, 200", "7, 85", "200, 3", "'''all''', 600", "'''none''', 0"})
    void sampleQualityPassesEveryNth(String rate, int passed) {
        Rig rig = following(pipeline("t", "sampleQuality 'rate':" + rate));
        int count = 0;
        for (int i = 0; i < 600; i++) {
            count += rig.offer("t", i % 100).size();
        }
        assertThat(count).isEqualTo(passed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "'random'"})
    void sampleQualityCanBeRandom(String rate) {
        Rig rig = following(pipeline("t", "sampleQuality 'rate':" + rate));
        int count = 0;
        for (int i = 0; i < 30_000; i++) {
            count += rig.offer("t", i % 100).size();
        }
        assertThat(count).isBetween(800, 1_200);
    }

    @Test
    void alertConditionRaisesAndWithholdsUnlessToldOtherwise() {
        Rig rig = following(pipeline("t", "alertCondition 'condition':'$(t) > 12'," + HOT));
        assertThat(rig.offers("t", 12, 13)).containsExactly("data {t=12.0}", "alert CRITICAL hot {value=13.0}");
        rig.follow(pipeline("t", "alertCondition 'condition':'$(t) > 12','filter':false," + HOT));
        assertThat(rig.offer("t", 13)).containsExactly("alert CRITICAL hot {value=13.0}", "data {t=13.0}");
    }

    @Test
    void anAlertIsNormalUnlessItSaysOtherwiseAndItsFieldsHaveTheirTypes() {
        Rig rig = following(pipeline(
                "t",
                "alertCondition 'condition':'1','alert':{'urn':'hot','severity':null,"
                        + "'fields':{'value':'$(t) * 2','count':'$(t) / 2'}}"));
        PolicyResult result = rig.engine.offer(Fields.of("t", Value.of(3)), rig.now);
        assertThat(rig.show(result)).containsExactly("alert NORMAL hot {value=6.0, count=2}");
        IotMessage.Alert alert = (IotMessage.Alert) result.messages().get(0);
        assertThat(alert.description()).isEqualTo("Too hot");
        assertThat(alert.head())
                .isEqualTo(IotHead.of("id-1", "EP-1", rig.now)
                        .with(IotHead.Priority.HIGHEST, IotHead.Reliability.BEST_EFFORT));
    }

    @Test
    void anAlertWithoutAFieldThatItNeedsIsAProblem() {
        Rig rig = following(pipeline(
                "t",
                "alertCondition 'condition':'1','alert':{'urn':'hot','fields':{'value':'$(t) / 0','count':'1/0'}}"));
        assertThat(rig.offer("t", 3)).containsExactly("problem the alert hot is not raised: value is missing");
    }

    @Test
    void whatNobodyKnowsRaisesNoAlertAndCallsNoAction() {
        Rig rig = following(
                pipeline("t", "alertCondition 'condition':'$(h) + 1'," + HOT),
                pipeline("max", "actionCondition 'condition':'$(h) + 1','action':{'name':'reset'}"));
        assertThat(rig.offer("t", 1)).containsExactly("data {t=1.0}");
        assertThat(rig.offer("max", 1)).containsExactly("data {max=1}");
    }

    @Test
    void actionConditionCallsAnActionOfTheDevice() {
        Rig rig = following(
                pipeline("t", "actionCondition 'condition':'$(t) > 50','action':{'name':'reset','arguments':null}"),
                pipeline(
                        "h",
                        "actionCondition 'condition':'$(h) > 5','filter':false,"
                                + "'action':{'name':'turn','arguments':['$(h) * 10.26']}"));
        assertThat(rig.offer("t", 51)).containsExactly("call reset []");
        assertThat(rig.offer("h", 10)).containsExactly("data {h=10}", "call turn [103]");
        assertThat(rig.offer("h", 40))
                .containsExactly(
                        "data {h=40}", "problem the action turn is not called: turn must be within 0,360, and is 410");
    }

    @Test
    void privacyPolicySendsADigest() {
        assertThat(following(pipeline("name", "privacyPolicy 'level':'none'")).offer("name", "Ann"))
                .containsExactly("data {name=\"Ann\"}");
        // The example of FIPS 180, and a well known one of HMAC.
        assertThat(following(pipeline("name", "privacyPolicy 'level':'one-way'"))
                        .offer("name", "abc"))
                .containsExactly("data {name=\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"}");
        Rig keyed = following(pipeline("name", "privacyPolicy 'level':'two-way','hashingKey':'key'"));
        assertThat(keyed.offer("name", "The quick brown fox jumps over the lazy dog"))
                .containsExactly("data {name=\"97yD9DBThCSxMpjmqm-xQ-9NWaFJRhdZl0edvC0aPNg\"}");
    }

    @Test
    void wholeMessagesGoThroughTheSamePipelines() {
        Rig rig = following(
                pipeline("t", "filterCondition 'condition':'$(t) < 0'"),
                pipeline("max", "computedMetric 'formula':'$(h) + $$(t)'"));
        IotHead head = IotHead.of("c1", "EP-1", 7);
        Fields log = Fields.of("line", Value.of("x"));
        List<IotMessage> messages = List.of(
                new IotMessage.Data(head, "urn:x:attributes", Fields.of("t", Value.of(4))),
                new IotMessage.Data(head, "urn:x:attributes", Fields.of("t", Value.of(-4))),
                new IotMessage.Data(head, "urn:x:attributes", both(-1, 2)),
                new IotMessage.Data(head, "log", log),
                new IotMessage.Data(head, "urn:other:attributes", log));
        PolicyResult result = rig.engine.offer(messages, rig.now);
        assertThat(rig.show(result))
                .containsExactly(
                        "data {t=4.0}", "data {h=2, max=6}", "log {line=\"x\"}", "urn:other:attributes {line=\"x\"}");
        assertThat(result.messages())
                .allSatisfy(message -> assertThat(message.head()).isEqualTo(head));
        assertThat(result.values())
                .isEqualTo(
                        Fields.builder().put("t", 4.0).put("h", 2).put("max", 6).build());
    }

    @Test
    void aPolicyThatDoesNotGoWithTheModelChangesNothing() {
        Rig rig = following(pipeline("t", "sampleQuality 'rate':2"));
        assertRefused(
                rig,
                "the model urn:x has no attribute nobody, of which the policy speaks",
                pipeline("nobody", "mean 'window':1"));
        assertRefused(
                rig,
                "the pipeline of name is of type STRING, and a window takes numbers",
                pipeline("name", "mean 'window':1"));
        assertRefused(
                rig,
                "the pipeline of t is of type NUMBER, and a digest is a string",
                pipeline("t", "privacyPolicy 'level':'one-way'"));
        assertRefused(
                rig,
                "the pipeline of t raises the alert log, which the model does not have",
                pipeline("t", "alertCondition 'condition':'1','alert':{'urn':'log','fields':{}}"));
        assertRefused(
                rig,
                "the pipeline of t gives the alert hot a field x, which it does not have",
                pipeline("t", "alertCondition 'condition':'1','alert':{'urn':'hot','fields':{'value':'1','x':'1'}}"));
        assertRefused(
                rig,
                "the pipeline of t leaves out the field value of the alert hot",
                pipeline("t", "alertCondition 'condition':'1','alert':{'urn':'hot','fields':{}}"));
        assertRefused(
                rig,
                "the pipeline of t calls the action jump, which the model does not have",
                pipeline("t", "actionCondition 'condition':'1','action':{'name':'jump'}"));
        assertRefused(
                rig,
                "the policy speaks of t and of its alias temperature; put the functions into one pipeline",
                pipeline("t", "sampleQuality 'rate':1"),
                pipeline("temperature", "sampleQuality 'rate':1"));
        assertThat(rig.offers("t", 1, 2)).containsExactly("data {t=2.0}");
    }

    private static void assertRefused(Rig rig, String reason, String... pipelines) {
        assertThatThrownBy(() -> rig.engine.assign(Rig.policy(PolicyLimits.DEFAULT, pipelines), rig.now))
                .isInstanceOf(PolicyException.class)
                .hasMessage(reason);
    }

    @Test
    void whatAPolicySaysInVainIsToldWhenItIsAssigned() {
        assertThat(new Rig()
                        .follow(
                                pipeline("t", "filterCondition 'condition':'$(tt) > 1 AND $$(tt) < 2'"),
                                pipeline("*", "batchBySize 'batchSize':2", "batchByTime 'delayLimit':1")))
                .containsExactly(
                        "problem batchByTime is ignored: whole messages have one function, and there is one already",
                        "problem a formula asks for tt, which the model does not have; it has no value");
    }

    private static Fields both(double t, int h) {
        return Fields.builder().put("t", t).put("h", h).build();
    }
}

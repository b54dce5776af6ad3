package io.hawser.iot.policy.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Fields;
import io.hawser.iot.policy.formula.Formula;
import io.hawser.iot.policy.formula.FormulaLimits;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage.Severity;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How policies are read, and what is said about those that are wrong ({@code specs/iot.md} 4.1, 4.2). */
class DevicePolicyTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private static DevicePolicy read(String json) throws PolicyException {
        return read(json, PolicyLimits.DEFAULT);
    }

    private static DevicePolicy read(String json, PolicyLimits limits) throws PolicyException {
        return DevicePolicy.read(fields(json), limits);
    }

    private static Fields fields(String json) {
        try {
            return JSON.object(json.replace('\'', '"').getBytes(UTF_8));
        } catch (ProtocolException wrong) {
            throw new AssertionError(json, wrong);
        }
    }

    private static DevicePolicy policy(String attribute, String functions) throws PolicyException {
        return read("{'id':'P','lastModified':1,'pipelines':[{'attributeName':" + attribute + ",'pipeline':["
                + functions + "]}]}");
    }

    private static AttributeFunction function(String id, String parameters) throws PolicyException {
        return policy("'a'", "{'id':'" + id + "','parameters':{" + parameters + "}}")
                .attributes()
                .get(0)
                .functions()
                .get(0);
    }

    @Test
    void eachFunctionOfAnAttributeIsRead() throws Exception {
        Formula one = Formula.parse("1");
        AlertRule alert = new AlertRule("urn", Severity.LOW, Map.of("f", one));
        String said = "'alert':{'urn':'urn','severity':'LOW','fields':{'f':'1'}}";
        assertThat(function("filterCondition", "'condition':'1'"))
                .isEqualTo(new AttributeFunction.FilterCondition(one));
        assertThat(function("eliminateDuplicates", "'window':5"))
                .isEqualTo(new AttributeFunction.EliminateDuplicates(5));
        assertThat(function("detectDuplicates", "'window':5," + said))
                .isEqualTo(new AttributeFunction.DetectDuplicates(5, alert));
        assertThat(function("sampleQuality", "'rate':5")).isEqualTo(new AttributeFunction.SampleQuality(5));
        assertThat(function("mean", "'window':5,'slide':2"))
                .isEqualTo(new AttributeFunction.Windowed(Statistic.MEAN, 5, 2));
        assertThat(function("min", "'delayLimit':5,'slide':0"))
                .isEqualTo(new AttributeFunction.Windowed(Statistic.MIN, 5, 5));
        assertThat(function("max", "'window':5.0,'slide':-1"))
                .isEqualTo(new AttributeFunction.Windowed(Statistic.MAX, 5, 5));
        assertThat(function("standardDeviation", "'window':5,'slide':null"))
                .isEqualTo(new AttributeFunction.Windowed(Statistic.STANDARD_DEVIATION, 5, 5));
        assertThat(function("computedMetric", "'formula':'1'")).isEqualTo(new AttributeFunction.ComputedMetric(one));
        assertThat(function("alertCondition", "'condition':'1'," + said))
                .isEqualTo(new AttributeFunction.AlertCondition(one, alert, true));
        assertThat(function(
                        "actionCondition", "'condition':'1','filter':false,'action':{'name':'go','arguments':['1']}"))
                .isEqualTo(new AttributeFunction.ActionCondition(one, new ActionRule("go", List.of(one)), false));
        assertThat(function("privacyPolicy", "'level':'two-way','hashingKey':'k'"))
                .isEqualTo(new AttributeFunction.PrivacyPolicy(AttributeFunction.PrivacyPolicy.Level.TWO_WAY, "k"));
    }

    @Test
    void alertsAndActionsMayBeFlattenedAsTheOriginalKeepsThem() throws Exception {
        assertThat(function("alertCondition", "'condition':'1','urn':'u','fields':{'f':null},'severity':'CRITICAL'"))
                .isEqualTo(new AttributeFunction.AlertCondition(
                        Formula.parse("1"), new AlertRule("u", Severity.CRITICAL, Map.of()), true));
        assertThat(function("actionCondition", "'condition':'1','name':'go','arguments':null"))
                .isEqualTo(new AttributeFunction.ActionCondition(
                        Formula.parse("1"), new ActionRule("go", List.of()), true));
    }

    @Test
    void eachFunctionOfWholeMessagesIsRead() throws Exception {
        assertThat(policy("'*'", "{'id':'batchBySize','parameters':{'batchSize':300}}")
                        .messages())
                .contains(new MessageFunction.BatchBySize(300, Severity.CRITICAL));
        assertThat(policy("null", "{'id':'batchByTime','parameters':{'delayLimit':5,'alertSeverity':'LOW'}}")
                        .messages())
                .contains(new MessageFunction.BatchByTime(5, Severity.LOW));
        assertThat(policy("'*'", "{'id':'batchByCost','parameters':{'networkCost':'Cellular (LTE)'}}")
                        .messages())
                .contains(new MessageFunction.BatchByCost(NetworkCost.CELLULAR, Severity.CRITICAL));
        assertThat(policy("'*'", "{'id':'batchByCost'}").messages())
                .contains(new MessageFunction.BatchByCost(NetworkCost.SATELLITE, Severity.CRITICAL));
    }

    @Test
    void aPolicyIsKeptAsItWasSaidAndNullsAreAbsent() throws Exception {
        String json = "{'id':'P','lastModified':3,'enabled':null,'description':null,'more':{'x':[1]},'pipelines':["
                + "{'attributeName':'a','pipeline':[{'id':'mean','parameters':{'window':1,'new':2}}]},"
                + "{'attributeName':'b','pipeline':null},{'attributeName':'a','pipeline':[{'id':'max','parameters':{'window':1}}]}]}";
        DevicePolicy policy = read(json);
        assertThat(policy.fields()).isEqualTo(fields(json));
        assertThat(policy.enabled()).isTrue();
        assertThat(policy.lastModified()).isEqualTo(3);
        assertThat(policy.attributes()).singleElement().satisfies(pipeline -> assertThat(pipeline.functions())
                .hasSize(2));
        assertThat(policy.messages()).isEmpty();
        assertThat(read("{'id':'P','lastModified':3,'pipelines':null}").attributes())
                .isEmpty();
        assertThat(read(json)).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{} ~ id is missing",
                "{'id':''} ~ id is empty",
                "{'id':7} ~ id is no string",
                "{'id':'P'} ~ lastModified is missing",
                "{'id':'P','lastModified':'x'} ~ lastModified is no integer",
                "{'id':'P','lastModified':1,'enabled':1} ~ enabled is neither true nor false",
                "{'id':'P','lastModified':1,'pipelines':{}} ~ pipelines is no array",
                "{'id':'P','lastModified':1,'pipelines':[1]} ~ pipelines[0] is no object",
                "{'id':'P','lastModified':1,'pipelines':[{'pipeline':[{}]}]} ~ pipelines[0].pipeline[0].id is missing",
            })
    void aPolicyThatIsWrongIsRefused(String json, String reason) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(PolicyException.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "filterCondition ~ `` ~ condition is missing",
                "filterCondition ~ 'condition':'1 +' ~ condition is no formula at character 4: a value is expected, not the end",
                "eliminateDuplicates ~ `` ~ window is missing",
                "eliminateDuplicates ~ 'window':0 ~ window must be within 1 and 31622400000, and is 0",
                "eliminateDuplicates ~ 'window':1.5 ~ window is no integer",
                "detectDuplicates ~ 'window':1 ~ urn is missing",
                "detectDuplicates ~ 'window':1,'alert':{} ~ alert.urn is missing",
                "detectDuplicates ~ 'window':1,'alert':[] ~ alert is no object",
                "detectDuplicates ~ 'window':1,'alert':{'urn':'u','severity':'BAD'} ~ alert.severity is 'BAD', which is none of [LOW, NORMAL, SIGNIFICANT, CRITICAL]",
                "detectDuplicates ~ 'window':1,'alert':{'urn':'u','fields':{'f':')'}} ~ alert.fields.f is no formula at character 1: a value is expected, not )",
                "sampleQuality ~ `` ~ rate is missing",
                "sampleQuality ~ 'rate':-2 ~ rate must be within -1 and 2147483646, and is -2",
                "sampleQuality ~ 'rate':'some' ~ rate is neither an integer nor one of all, none, random",
                "mean ~ 'slide':1 ~ window is missing",
                "mean ~ 'window':3,'slide':'1' ~ slide is no integer",
                "max ~ 'window':3000000,'slide':7 ~ slide of 7 cuts the window of 3000000 into 3000000 pieces, and at most 100000 are kept; choose a slide that divides the window",
                "computedMetric ~ 'formula':7 ~ formula is no string",
                "alertCondition ~ 'condition':'1','alert':{'urn':'u'},'filter':'no' ~ filter is neither true nor false",
                "actionCondition ~ 'condition':'1' ~ name is missing",
                "actionCondition ~ 'condition':'1','action':{'name':'a','arguments':[1]} ~ action.arguments[0] is no string",
                "actionCondition ~ 'condition':'1','action':{'name':'a','arguments':['1','x']} ~ action.arguments[1] is no formula at character 1: a value, or one of the functions UPPER and LOWER, is expected, not x",
                "privacyPolicy ~ 'level':'some' ~ level is 'some', which is none of [NONE, ONE_WAY, TWO_WAY]",
                "privacyPolicy ~ 'level':'random' ~ level is 'random', which the original never did either; choose one-way or two-way",
                "privacyPolicy ~ 'level':'two-way' ~ hashingKey is missing",
                "privacyPolicy ~ 'level':'two-way','hashingKey':'' ~ hashingKey is empty",
            })
    void aFunctionThatIsWrongIsRefusedByItsPlace(String id, String parameters, String reason) {
        assertThatThrownBy(() -> function(id, parameters))
                .isInstanceOf(PolicyException.class)
                .hasMessage("pipelines[0].pipeline[0].parameters." + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "'a' ~ median ~ id is 'median'; a pipeline of an attribute takes one of actionCondition, alertCondition, computedMetric, detectDuplicates, eliminateDuplicates, filterCondition, max, mean, min, privacyPolicy, sampleQuality, standardDeviation",
                "'a' ~ batchBySize ~ id is 'batchBySize'; a pipeline of an attribute takes one of actionCondition, alertCondition, computedMetric, detectDuplicates, eliminateDuplicates, filterCondition, max, mean, min, privacyPolicy, sampleQuality, standardDeviation",
                "'*' ~ mean ~ id is 'mean'; a pipeline without an attribute takes one of batchByCost, batchBySize, batchByTime",
                "'*' ~ batchBySize ~ parameters.batchSize is missing",
                "'*' ~ batchByTime ~ parameters.window is missing",
            })
    void anUnknownFunctionIsRefusedByItsName(String attribute, String id, String reason) {
        assertThatThrownBy(() -> policy(attribute, "{'id':'" + id + "'}"))
                .isInstanceOf(PolicyException.class)
                .hasMessage("pipelines[0].pipeline[0]." + reason);
    }

    @Test
    void aPolicyMaySayMuchButNotMore() throws Exception {
        PolicyLimits limits = new PolicyLimits(2, Duration.ofMillis(10), 5, 7, new FormulaLimits(3, 3));
        String one = "{'id':'mean','parameters':{'window':10,'slide':2}}";
        String start = "{'id':'P','lastModified':1,'pipelines':[{'attributeName':'a','pipeline':[";
        assertThat(read(start + one + "," + one + "]}]}", limits)).isNotNull();
        assertThatThrownBy(() -> read(start + one + "," + one + "," + one + "]}]}", limits))
                .hasMessage("pipelines have more than 2 functions");
        assertThatThrownBy(() -> read(start + "{'id':'mean','parameters':{'window':11}}]}]}", limits))
                .hasMessageEndingWith("window must be within 1 and 10, and is 11");
        assertThatThrownBy(() -> read(start + "{'id':'mean','parameters':{'window':10,'slide':1}}]}]}", limits))
                .hasMessageContaining("into 10 pieces, and at most 5 are kept");
        assertThatThrownBy(() -> read(start + "{'id':'filterCondition','parameters':{'condition':'1+1 '}}]}]}", limits))
                .hasMessageContaining("at most 3 characters are read");
        String all =
                "{'id':'P','lastModified':1,'pipelines':[{'pipeline':[{'id':'batchBySize','parameters':{'batchSize':";
        assertThat(read(all + "7}}]}]}", limits).messages()).isNotEqualTo(Optional.empty());
        assertThatThrownBy(() -> read(all + "8}}]}]}", limits))
                .hasMessageEndingWith("batchSize must be within 1 and 7, and is 8");
        assertThatThrownBy(() -> new PolicyLimits(0, Duration.ofMillis(1), 1, 1, FormulaLimits.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.value.Value;
import io.hawser.iot.wire.PolicyChange.How;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a device reads when it is told that policies changed ({@code specs/iot.md} 4.1). */
class PolicyChangeTest {
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private static List<PolicyChange> read(String body) throws ProtocolException {
        return PolicyChange.read(body.replace('\'', '"').getBytes(UTF_8), JSON);
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void whatTheHubSaysTheDeviceReads(How how) throws Exception {
        PolicyChange change = new PolicyChange("urn:a", "P1", 7, how);
        Value.Nested said = new Value.Nested(change.fields());
        assertThat(PolicyChange.read(Json.write(new Value.Sequence(List.of(said, said))), JSON))
                .containsExactly(change, change);
    }

    @Test
    void aChangeIsAChangeUnlessItSaysOtherwise() throws Exception {
        assertThat(read("[{'deviceModelUrn':'urn:a','id':'P1','lastModified':7,'op':null,'new':1}]"))
                .containsExactly(new PolicyChange("urn:a", "P1", 7, How.CHANGED));
        assertThat(read("[{'deviceModelUrn':'urn:a','id':'P1','op':'unassigned'}]"))
                .containsExactly(new PolicyChange("urn:a", "P1", 0, How.UNASSIGNED));
        assertThat(read("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{} ~ a JSON array of changes is expected",
                "[1] ~ change 1 is no JSON object",
                "[{'id':'P','lastModified':1}] ~ change 1: deviceModelUrn is missing",
                "[{'deviceModelUrn':'u','lastModified':1}] ~ change 1: id is missing",
                "[{'deviceModelUrn':'u','id':'P'}] ~ change 1: lastModified is missing",
                "[{'deviceModelUrn':'u','id':'P','lastModified':1,'op':'gone'}] ~ change 1: op is none of changed, assigned, unassigned",
            })
    void whatIsWrongIsNamed(String body, String reason) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }
}

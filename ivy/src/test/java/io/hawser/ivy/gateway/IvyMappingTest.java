package io.hawser.ivy.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.core.match.RegexpException;
import io.hawser.core.message.Message;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IvyMappingTest {
    private final IvyMapping mapping = mapping(
            List.of(
                    "^(?<ac>\\S+) (?<msg>GPS) (?<lat>\\S+) (?<lon>\\S+)",
                    "^(?P<ac>\\S+) (?<msg>\\S+)(?: (?<rest>.+))?"),
            List.of());

    @Test
    void aTextHasTheTopicOfItsAgent() {
        Message message = mapping.message("a/b c", Optional.empty(), "hello", 7);
        assertThat(message.topic().text()).isEqualTo("ivy/lab/a%2Fb c");
        assertThat(message.headers().time()).isEqualTo(7);
        assertThat(message.headers().source()).hasToString("ivy:a/b c");
        assertThat(message.headers().channel()).isEmpty();
        assertThat(message.text()).contains("hello");
        assertThat(message.fields()).isEqualTo(Message.textFields("hello"));
    }

    @Test
    void theFirstPatternThatFitsMakesTypedFields() {
        Fields fields =
                mapping.message("A", Optional.empty(), "7 GPS 43.5 1.25 100", 0).fields();
        assertThat(fields)
                .isEqualTo(Fields.builder()
                        .put("text", "7 GPS 43.5 1.25 100")
                        .put("ac", 7)
                        .put("msg", "GPS")
                        .put("lat", 43.5)
                        .put("lon", 1.25)
                        .build());
        assertThat(mapping.message("A", Optional.empty(), "x BATTERY", 0)
                        .fields()
                        .get("rest"))
                .contains(Value.of(""));
        assertThat(mapping.message("A", Optional.empty(), "x BATTERY 12", 0)
                        .fields()
                        .get("rest"))
                .contains(Value.of(12));
    }

    @Test
    void fieldsHaveTheTypesThatTheUserWants() {
        IvyMapping typed = mapping(
                List.of("^(?<ac>\\S+) (?<lat>\\S+) (?<armed>\\S+) (?<n>\\S+)"),
                List.of("ac string", "lat double", "armed bool", "n long", "other long"));
        assertThat(typed.message("A", Optional.empty(), "007 43 1 -5", 0).fields())
                .isEqualTo(Fields.builder()
                        .put("text", "007 43 1 -5")
                        .put("ac", "007")
                        .put("lat", 43.0)
                        .put("armed", Value.of(true))
                        .put("n", -5)
                        .build());
        assertThat(typed.message("A", Optional.empty(), "x high yes 1.5", 0).fields())
                .isEqualTo(Fields.builder()
                        .put("text", "x high yes 1.5")
                        .put("ac", "x")
                        .put("lat", "high")
                        .put("armed", "yes")
                        .put("n", "1.5")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lat", "lat float", "lat double now", ""})
    void aTypeThatIsNoneIsRefused(String line) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> FieldType.parse(line))
                .withMessage("must be the name of a group and string, long, double or bool, such as 'lat double'");
    }

    private static IvyMapping mapping(List<String> patterns, List<String> types) {
        return new IvyMapping(new IvySettings("lab", "127.255.255.255:2010", "HAWSER", patterns)
                .withFields(types.stream().map(FieldType::parse).toList(), Optional.empty()));
    }

    @Test
    void aNameThatIsTooLongIsCut() {
        assertThat(mapping.message("/".repeat(2_000), Optional.empty(), "x", 0)
                        .topic()
                        .text())
                .hasSizeLessThan(1_024);
        assertThat(mapping.message("", Optional.empty(), "x", 0).topic().text()).isEqualTo("ivy/lab/%");
    }

    @Test
    void aPatternThatIsNoRegexpIsRefused() {
        assertThatExceptionOfType(RegexpException.class).isThrownBy(() -> mapping(List.of("("), List.of()));
    }
}

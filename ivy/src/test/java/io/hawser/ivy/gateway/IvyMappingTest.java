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

class IvyMappingTest {
    private final IvyMapping mapping = new IvyMapping(
            "lab",
            List.of(
                    "^(?<ac>\\S+) (?<msg>GPS) (?<lat>\\S+) (?<lon>\\S+)",
                    "^(?P<ac>\\S+) (?<msg>\\S+)(?: (?<rest>.+))?"));

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
    void aNameThatIsTooLongIsCut() {
        assertThat(mapping.message("/".repeat(2_000), Optional.empty(), "x", 0)
                        .topic()
                        .text())
                .hasSizeLessThan(1_024);
        assertThat(mapping.message("", Optional.empty(), "x", 0).topic().text()).isEqualTo("ivy/lab/%");
    }

    @Test
    void aPatternThatIsNoRegexpIsRefused() {
        assertThatExceptionOfType(RegexpException.class).isThrownBy(() -> new IvyMapping("lab", List.of("(")));
    }
}

package io.hawser.app.copter;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a copter says may stand in its configuration, as the original says it. */
class ConfigSpecTest {
    private static final ConfigSpec SPEC = ConfigSpec.of(JsonText.read("""
            {"id": "string(default=/hostname, max=63)",
             "SERVER": {"port": "integer(default=25000, min=1)", "host": "ip(default=192.168.1.101)"},
             "FLIGHT": {"height": "float(default=1.0)", "thrust": "float(default=0.45, min=0, max=1)",
                        "land": "boolean(default=True)", "how": "option('takeoff', 'fly', default='fly')"},
             "FLOOR FRAME": {"translation": "float_list(default=list(0.0, 0.0, 0.0), min=3, max=3)"}}
            """));
    private static final CopterConfig NOW = CopterConfig.of(JsonText.read("{\"PRIVATE\": {\"offset\": 1}}"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "id = copter-1 | -",
                "id = a, b | id must be a text; put it in quotation marks if it holds a comma",
                "[SERVER]\\nport = 25000 | -",
                "[SERVER]\\nport = 0 | SERVER.port must be at least 1, not 0",
                "[SERVER]\\nport = high | SERVER.port must be a whole number, not high",
                "[SERVER]\\nport = 1.5 | SERVER.port must be a whole number, not 1.5",
                "[SERVER]\\nhost = anything | -",
                "[FLIGHT]\\nheight = -1.5e2 | -",
                "[FLIGHT]\\nheight = | FLIGHT.height must be a number, not \"\"",
                "[FLIGHT]\\nthrust = 1.01 | FLIGHT.thrust must be at most 1, not 1.01",
                "[FLIGHT]\\nland = off | -",
                "[FLIGHT]\\nland = maybe | FLIGHT.land must be True or False, not maybe",
                "[FLIGHT]\\nhow = fly | -",
                "[FLIGHT]\\nhow = swim | FLIGHT.how must be one of takeoff, fly, not swim",
                "[FLIGHT]\\nhigh = 1 | the copter knows no FLIGHT.high; there it knows height, thrust, land, how",
                "[FLOOR FRAME]\\ntranslation = 1, 2, 3 | -",
                "[FLOOR FRAME]\\ntranslation = 1, 2 | FLOOR FRAME.translation must have at least 3 numbers",
                "[FLOOR FRAME]\\ntranslation = 1, x, 3 | FLOOR FRAME.translation must be numbers with commas between, not 1, x, 3",
                "[PRIVATE]\\noffset = 7 | -",
                "[NEW]\\na = 1 | the copter knows no section NEW; it knows SERVER, FLIGHT, FLOOR FRAME",
            })
    void whatACopterWouldNotTakeIsNamed(String text, String problem) {
        List<String> problems = SPEC.problems(IniText.read(text.replace("\\n", "\n")), NOW);
        assertThat(problems).isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @Test
    void aCopterThatSaysNothingAboutItIsToldAnything() {
        CopterConfig wanted = IniText.read("[NEW]\na = 1");
        assertThat(ConfigSpec.of(Fields.EMPTY).problems(wanted, NOW)).isEmpty();
    }

    @Test
    void aSettingMeansTheSameHoweverItIsWritten() {
        assertThat(Setting.of("1.0").means(Setting.of("1"))).isTrue();
        assertThat(Setting.of("True").means(Setting.of("yes"))).isTrue();
        assertThat(Setting.of("False").means(Setting.of("yes"))).isFalse();
        assertThat(Setting.of("a").means(Setting.of("A"))).isFalse();
        assertThat(IniText.setting("1, 2").means(IniText.setting("1.0, 2.0"))).isTrue();
        assertThat(IniText.setting("1, 2").means(IniText.setting("1, 2, 3"))).isFalse();
        assertThat(IniText.setting("1,").means(IniText.setting("1"))).isFalse();
    }
}

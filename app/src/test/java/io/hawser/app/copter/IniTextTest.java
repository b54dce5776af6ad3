package io.hawser.app.copter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IniTextTest {
    private static final Fields SAID = JsonText.read("""
            {"id": {"__value__": "copter-1", "comments": ["# who it is", ""]},
             "FLIGHT": {"takeoff_height": {"__value__": 1.0}, "land": true},
             "FLOOR FRAME": {"translation": {"__value__": [0.0, 0, "1.5"]}},
             "ANIMATION": {"OUTPUT": {"land": {"__value__": "a, b"}}, "ratio": [1]},
             "initial_comment": ["x"], "final_comment": [""]}
            """);

    @Test
    void whatACopterSaysIsTextThatPeopleCanWrite() {
        CopterConfig config = CopterConfig.of(SAID);
        String text = IniText.write(config);
        assertThat(text.lines())
                .containsExactly(
                        "# who it is",
                        "id = copter-1",
                        "",
                        "[FLIGHT]",
                        "takeoff_height = 1.0",
                        "land = True",
                        "",
                        "[FLOOR FRAME]",
                        "translation = 0.0, 0, 1.5",
                        "",
                        "[ANIMATION]",
                        "[[OUTPUT]]",
                        "land = \"a, b\"",
                        "",
                        "[ANIMATION]",
                        "ratio = 1,");
    }

    @Test
    void whatPeopleWriteIsWhatACopterIsTold() {
        CopterConfig config = IniText.read("""
                id = 'it is'   # a comment
                empty =
                [FLIGHT] # another
                a = 1, "2, 3", 'x'
                none = ,
                [[DEEP]]
                b = yes no
                [OTHER]
                c = ""
                """);
        assertThat(JsonText.write(config.fields()))
                .isEqualTo("{\"id\":\"it is\",\"empty\":\"\",\"FLIGHT\":{\"a\":[\"1\",\"2, 3\",\"x\"],\"none\":[],"
                        + "\"DEEP\":{\"b\":\"yes no\"}},\"OTHER\":{\"c\":\"\"}}");
    }

    @Test
    void whatMakesNoSenseIsToldWithItsLine() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("\nnonsense", "line 2: neither '[SECTION]' nor 'option = value'");
        wrong.put("[A", "line 1: '[A' opens no section: [NAME], and [[NAME]] inside another");
        wrong.put("[[A]]", "line 1: '[[A]]' opens no section: [NAME], and [[NAME]] inside another");
        wrong.put("[]", "line 1: '[]' opens no section: [NAME], and [[NAME]] inside another");
        wrong.put("a = \"x", "line 1: a text in quotation marks must end on its line");
        wrong.put("a = '''x'''", "line 1: a text in quotation marks must end on its line");
        wrong.put("a = 'x' y", "line 1: behind a text in quotation marks stands 'y'");
        wrong.put("a = 1\na = 2", "line 2: a stands there twice");
        wrong.forEach((text, why) -> assertThatThrownBy(() -> IniText.read(text))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why));
        assertThatThrownBy(() -> IniText.read("a;b = 1")).hasMessageContaining("'a;b' is no name");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            Map<ConfigKey, Setting> options = new LinkedHashMap<>();
            IntStream.range(0, random.nextInt(12)).forEach(i -> options.put(key(random), setting(random)));
            String text = IniText.write(CopterConfig.of(options));
            assertThat(IniText.read(text).options())
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(options);
        }
    }

    private static ConfigKey key(Random random) {
        List<String> sections = List.of("A", "B C", "d");
        List<String> path = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> sections.get(random.nextInt(3)))
                .toList();
        return ConfigKey.of(path, "o" + random.nextInt(20));
    }

    private static Setting setting(Random random) {
        List<String> items = List.of("1", "", "a b", "x,y", "#", " padded ", "it's", "say \"x\"", "True", "-1.5e3");
        if (random.nextBoolean()) {
            return Setting.of(items.get(random.nextInt(items.size())));
        }
        return new Setting(
                true,
                IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> items.get(random.nextInt(items.size())))
                        .toList());
    }
}

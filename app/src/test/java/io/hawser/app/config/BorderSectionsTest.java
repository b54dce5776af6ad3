package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.border.Border;
import io.hawser.core.border.Crossing;
import io.hawser.core.border.Rate;
import io.hawser.core.border.Rename;
import io.hawser.core.match.TopicPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BorderSectionsTest {
    @TempDir
    private Path folder;

    @Test
    void eachGatewayHasABorderOfItsOwn() throws IOException {
        Borders borders = read("""
                        hawser {
                          eftl.in { only = ["app/>"], not = ["app/secret"], rename = ["app/*/say robots/{1}"], rates = ["> 10/s"] }
                          ivy { lab { out.not = [">"] }, far { bus = "127.255.255.255:2011" } }
                          clever.out.rename = ["robots/*/land clever/{1}/land"]
                          iot.in.rates = ["iot/*/data/> 1:5"]
                        }
                        """).borders();
        assertThat(borders.eftl())
                .isEqualTo(new Border(
                        new Crossing(
                                List.of(TopicPattern.parse("app/>")),
                                List.of(TopicPattern.parse("app/secret")),
                                List.of(Rename.parse("app/*/say robots/{1}")),
                                List.of(Rate.parse("> 10/s"))),
                        Crossing.OPEN));
        assertThat(borders.ivy("lab").out().admits("x")).isFalse();
        assertThat(borders.ivy("lab").in().isOpen()).isTrue();
        assertThat(borders.ivy("far")).isEqualTo(Border.OPEN);
        assertThat(borders.clever().out().renamed("robots/7/land")).isEqualTo("clever/7/land");
        assertThat(borders.iot().in().rates()).containsExactly(Rate.parse("iot/*/data/> 1:5"));
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> read("""
                        hawser {
                          eftl.in { only = [">/a"], rename = ["a/* b/{2}", "x"] }
                          ivy.lab.out { rates = ["a 10 a second"], renames = [] }
                          clever.in = 5
                          iot.out.not = [7]
                        }
                        """))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains("hawser.eftl.in.only = \">/a\"", "'>' in '>/a' must be the last segment")
                .contains("hawser.eftl.in.rename = \"a/* b/{2}\"", "'a/*' has no wildcard number 2")
                .contains("hawser.eftl.in.rename = \"x\"", "must be topics and their new name")
                .contains("hawser.ivy.lab.out.rates", "must be topics and how many of each pass")
                .contains("hawser.ivy.lab.out.renames", "did you mean hawser.ivy.lab.out.rename?")
                .contains("hawser.clever.in = 5", "must be a section")
                .contains("hawser.iot.out.not = 7", "must be a text");
    }

    private HubConfig read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), text);
        return new ConfigReader(Map.of()).file(file).read();
    }
}

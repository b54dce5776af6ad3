package io.hawser.verify.bench.clever;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the clever-show scenario. */
class CleverLoadTest {
    @Test
    void optionsChangeTheDefaults() {
        assertThat(CleverLoad.parse("p8"))
                .isEqualTo(new CleverLoad(5, 100, List.of(1, 5, 64, 256), "", Optional.empty()));
        assertThat(CleverLoad.parse(
                        "p8", "--mib", "2,3", "--rounds", "6", "--peer", "a b", "--bytes", "9", "--only", "files"))
                .isEqualTo(new CleverLoad(6, 9, List.of(2, 3), "files", Optional.of("a b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p8 --rounds",
                "p8 --rounds 4",
                "p8 --bytes 0",
                "p8 --bytes 99999",
                "p8 --mib 0",
                "p8 --mib 2048",
                "p8 --only all",
                "p8 --fast 1"
            })
    void refusesWhatItCannotDo(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> CleverLoad.parse(line.split(" ", -1)));
    }
}

package io.hawser.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the benchmark. */
class LoadTest {
    @Test
    void scenariosHaveTheirDefaults() {
        assertThat(Load.parse("p1")).isEqualTo(new Load("p1", List.of(1), 128, 5));
        assertThat(Load.parse("p2")).isEqualTo(new Load("p2", List.of(100), 128, 5));
    }

    @Test
    void optionsChangeThem() {
        assertThat(Load.parse("p2", "--rounds", "7", "--subscribers", "1,10", "--bytes", "256"))
                .isEqualTo(new Load("p2", List.of(1, 10), 256, 7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p2 --rounds",
                "p2 --rounds 4",
                "p2 --bytes 99999",
                "p2 --subscribers 0",
                "p2 --subscribers 1,,2",
                "p2 --fast 1"
            })
    void refusesWhatItCannotDo(String line) {
        assertThatThrownBy(() -> Load.parse(line.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }
}

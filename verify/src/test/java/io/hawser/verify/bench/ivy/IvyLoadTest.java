package io.hawser.verify.bench.ivy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the Ivy scenario. */
class IvyLoadTest {
    @Test
    void theScenarioHasItsDefaults() {
        assertThat(IvyLoad.parse("p7"))
                .isEqualTo(new IvyLoad(5, List.of(0, 100, 1_000, 10_000), 100, Optional.empty()));
    }

    @Test
    void optionsChangeThem() {
        assertThat(IvyLoad.parse("p7", "--rounds", "7", "--regexps", "0,5", "--bytes", "9", "--peer", "a b"))
                .isEqualTo(new IvyLoad(7, List.of(0, 5), 9, Optional.of("a b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p7 --rounds",
                "p7 --rounds 4",
                "p7 --bytes 0",
                "p7 --bytes 99999",
                "p7 --regexps -1",
                "p7 --fast 1"
            })
    void refusesWhatItCannotDo(String line) {
        assertThatThrownBy(() -> IvyLoad.parse(line.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }
}

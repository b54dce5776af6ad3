package io.hawser.verify.bench.iot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the IoT scenario. */
class IotLoadTest {
    @Test
    void optionsChangeTheDefaults() {
        assertThat(IotLoad.parse("p9")).isEqualTo(new IotLoad(3, List.of(1, 10, 100, 1_000), 400_000, 4_000));
        assertThat(IotLoad.parse("p9", "--devices", "2,3", "--rounds", "6", "--messages", "9", "--commands", "8"))
                .isEqualTo(new IotLoad(6, List.of(2, 3), 9, 8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p9 --rounds",
                "p9 --rounds 2",
                "p9 --devices 0",
                "p9 --devices 6000",
                "p9 --messages 0",
                "p9 --commands 1",
                "p9 --fast 1"
            })
    void refusesWhatItCannotDo(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> IotLoad.parse(line.split(" ", -1)));
    }
}

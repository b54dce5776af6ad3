package io.hawser.verify.bench.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of the store's benchmark. */
class StoreLoadTest {
    @Test
    void hasDefaultsAndOptions() {
        assertThat(StoreLoad.parse("p3")).isEqualTo(new StoreLoad(5, 256, 1_000_000, false, 2048));
        assertThat(StoreLoad.parse("p3", "--rss", "--mib", "200", "--rounds", "7", "--bytes", "64", "--backlog", "9"))
                .isEqualTo(new StoreLoad(7, 64, 9, true, 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"p3 --rounds", "p3 --rounds 4", "p3 --bytes 7", "p3 --mib 0", "p3 --bytes x", "p3 --fast 1"})
    void refusesWhatItCannotDo(String line) {
        assertThatThrownBy(() -> StoreLoad.parse(line.split(" ", -1))).isInstanceOf(IllegalArgumentException.class);
    }
}

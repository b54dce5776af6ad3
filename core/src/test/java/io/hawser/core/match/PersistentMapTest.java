package io.hawser.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {
    /** A key whose hash is one of a few, so that keys collide in whole or in their low bits. */
    private record Key(int number, int hashes) {
        @Override
        public int hashCode() {
            return (number % hashes) * 0x0420_0021;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 40, 1000})
    void holdsWhatAHashMapHolds(int hashes) {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            PersistentMap<Key, Integer> map = PersistentMap.empty();
            Map<Key, Integer> expected = new HashMap<>();
            for (int step = 0; step < 200; step++) {
                PersistentMap<Key, Integer> before = map;
                Map<Key, Integer> expectedBefore = Map.copyOf(expected);
                Key key = new Key(random.nextInt(60), hashes);
                if (random.nextInt(5) < 3) {
                    map = map.with(key, step);
                    expected.put(key, step);
                } else {
                    map = map.without(key);
                    expected.remove(key);
                }
                String where = "seed " + seed + ", step " + step;
                assertThat(contents(map)).as(where).isEqualTo(expected);
                assertThat(contents(before)).as(where).isEqualTo(expectedBefore);
                assertThat(map.find(key)).as(where).isEqualTo(expected.get(key));
            }
        }
    }

    private static Map<Key, Integer> contents(PersistentMap<Key, Integer> map) {
        Map<Key, Integer> contents = new HashMap<>();
        map.forEach((key, value) -> assertThat(contents.put(key, value)).isNull());
        Map<Key, Integer> byKey = new HashMap<>();
        map.forEachKey(key -> byKey.put(key, map.get(key).orElseThrow()));
        assertThat(byKey).isEqualTo(contents).hasSize(map.size());
        assertThat(map.isEmpty()).isEqualTo(contents.isEmpty());
        return contents;
    }
}

package io.hawser.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.map.MapEntry;
import io.hawser.core.store.map.MapInfo;
import io.hawser.core.store.map.MapName;
import io.hawser.core.store.map.MapSettings;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.record.LoggedRecord;
import io.hawser.core.store.record.RecordLog;
import io.hawser.core.store.record.RecordTable;
import io.hawser.core.store.record.User;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What maps and records promised before an end or a kill holds after it. */
class MapsRestartTest {
    private static final MapName ONE = new MapName("test", "one");
    private static final MapName TWO = new MapName("test", "two");

    @TempDir
    private Path temp;

    private static Fields value(long n) {
        return Fields.of("n", Value.of(n));
    }

    /** Does {@code before} in one life, and {@code after} in a second that follows an end, and in a third after a kill. */
    private void lives(Consumer<Scene> before, Consumer<Scene> after) {
        Scene scene = new Scene(temp.resolve("data"));
        before.accept(scene);
        Scene killed = scene.killed(temp.resolve("killed"));
        after.accept(killed);
        killed.close();
        scene.restart();
        after.accept(scene);
        scene.close();
    }

    @Test
    void mapsKeepEntriesSettingsCountsAndHistory() {
        MapSettings settings = new MapSettings(2, Duration.ofDays(1), 9, 1_000);
        lives(
                scene -> {
                    Maps maps = scene.store().maps();
                    maps.define(ONE, settings).join();
                    IntStream.range(1, 6)
                            .forEach(n -> maps.set(ONE, "a", value(n)).join());
                    maps.set(ONE, "b", value(1)).join();
                    maps.remove(ONE, "b").join();
                },
                scene -> {
                    Maps maps = scene.store().maps();
                    assertThat(maps.list().join()).containsOnlyKeys(ONE).containsEntry(ONE, settings);
                    assertThat(maps.history(ONE, "a").join())
                            .extracting(MapEntry::value)
                            .containsExactly(value(5), value(4), value(3));
                    assertThat(maps.history(ONE, "b").join())
                            .extracting(MapEntry::kind)
                            .containsExactly(MapEntry.Kind.REMOVED, MapEntry.Kind.SET);
                    MapInfo info = maps.info(ONE).join().orElseThrow();
                    assertThat(info.entries()).isEqualTo(1);
                    long next = maps.set(ONE, "c", value(1)).join();
                    assertThat(next).isGreaterThan(info.revision());
                });
    }

    @Test
    void revisionsGoOnGrowingEvenIfNothingIsLeft() {
        long[] last = {0};
        lives(
                scene -> {
                    Maps maps = scene.store().maps();
                    maps.set(ONE, "a", value(1)).join();
                    last[0] = maps.remove(ONE, "a").join();
                    maps.drop(ONE).join();
                },
                scene -> assertThat(scene.store().maps().set(TWO, "a", value(1)).join())
                        .isGreaterThan(last[0]));
    }

    @Test
    void aDroppedMapStaysDroppedThoughItsEntriesGoInPieces() {
        int many = 10_000;
        lives(
                scene -> {
                    Maps maps = scene.store().maps();
                    maps.define(ONE, MapSettings.DEFAULT.withHistory(1)).join();
                    IntStream.range(0, many).forEach(n -> maps.set(ONE, "k" + n, value(n)));
                    IntStream.range(0, many).forEach(n -> maps.set(ONE, "k" + n, value(n)));
                    maps.set(TWO, "a", value(1)).join();
                    maps.drop(ONE).join();
                },
                scene -> {
                    Maps maps = scene.store().maps();
                    assertThat(maps.list().join()).containsOnlyKeys(TWO);
                    maps.set(ONE, "new", value(1)).join();
                    assertThat(maps.keys(ONE, "", "", 10).join().keys()).containsExactly("new");
                    assertThat(maps.history(ONE, "k1").join()).isEmpty();
                    assertThat(maps.get(TWO, "a").join()).isPresent();
                });
    }

    @Test
    void whatExpiredWhileTheHubWasAwayIsGone() {
        ManualClock clock = new ManualClock();
        Path folder = temp.resolve("data");
        try (LocalStore store = open(folder, clock)) {
            store.maps().define(ONE, MapSettings.DEFAULT.withTtl(Duration.ofHours(1)));
            store.maps().set(ONE, "a", value(1)).join();
            clock.advance(Duration.ofMinutes(30));
            store.maps().set(ONE, "b", value(1)).join();
        }
        clock.advance(Duration.ofMinutes(30));
        try (LocalStore store = open(folder, clock)) {
            assertThat(store.maps().keys(ONE, "", "", 10).join().keys()).containsExactly("b");
            assertThat(store.maps().history(ONE, "a").join())
                    .extracting(MapEntry::kind)
                    .containsExactly(MapEntry.Kind.EXPIRED);
        }
    }

    private static LocalStore open(Path folder, ManualClock clock) {
        StoreLimits limits = StoreLimits.ON_DISK;
        return new LocalStore(new Disk(DataFolder.open(folder)), clock, DurableListener.NONE, limits, failure -> {});
    }

    @Test
    void recordsStayWithTheirRevisionsAndLogsGoOn() {
        long[] last = {0};
        lives(
                scene -> {
                    RecordTable<User> users = scene.store().records().table(User.TYPE);
                    RecordLog<User> audit = scene.store().records().log(User.AUDIT);
                    users.put(new User("ada", 1)).join();
                    last[0] = users.put(new User("bob", 2)).join();
                    users.remove("ada").join();
                    audit.append(new User("ada", 1)).join();
                    audit.append(new User("ada", 2)).join();
                },
                scene -> {
                    RecordTable<User> users = scene.store().records().table(User.TYPE);
                    RecordLog<User> audit = scene.store().records().log(User.AUDIT);
                    assertThat(users.list("", "", 10).join().records())
                            .extracting(record -> record.value())
                            .containsExactly(new User("bob", 2));
                    assertThat(users.replace(new User("bob", 3), last[0]).join().done())
                            .isTrue();
                    assertThat(audit.append(new User("eve", 3)).join()).isEqualTo(3);
                    assertThat(audit.read(1, 10).join())
                            .extracting(LoggedRecord::id)
                            .containsExactly(1L, 2L, 3L);
                    assertThatThrownBy(() -> scene.store()
                                    .records()
                                    .table(User.OLD)
                                    .get("bob")
                                    .join())
                            .hasMessageContaining("schema version 2, this program knows 1");
                });
    }

    @Test
    void logsOfSeveralLivesHaveNoGap() {
        Scene scene = new Scene(temp.resolve("data"));
        for (int life = 1; life <= 5; life++) {
            RecordLog<User> audit = scene.store().records().log(User.AUDIT);
            for (int n = 0; n < 10; n++) {
                audit.append(new User("ada", n));
            }
            assertThat(audit.last().join()).isEqualTo(life * 10L);
            scene.restart();
        }
        List<LoggedRecord<User>> all =
                scene.store().records().log(User.AUDIT).read(1, 100).join();
        assertThat(all)
                .extracting(LoggedRecord::id)
                .isEqualTo(IntStream.rangeClosed(1, 50).mapToObj(Long::valueOf).toList());
        scene.close();
    }
}

package io.hawser.core.store.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.bytes.RandomValues;
import io.hawser.core.store.StoreException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What every engine's maps must do. Each engine's test extends this and says how to make one. */
public abstract class MapsContract extends MapsStage {
    private void refused(CompletableFuture<?> future, String why) {
        settle();
        assertThatThrownBy(future::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    private Optional<String> get(String key) {
        return done(maps().get(ONE, key)).map(MapsStage::brief);
    }

    private List<String> history(String key) {
        return done(maps().history(ONE, key)).stream().map(MapsStage::brief).toList();
    }

    @Test
    void aSetIsReadBackWithItsRevisionAndTime() {
        engine().clock().advance(Duration.ofMillis(77));
        long revision = set(ONE, "a", 1);
        assertThat(revision).isPositive();
        assertThat(done(maps().get(ONE, "a"))).contains(new MapEntry("a", revision, 77, MapEntry.Kind.SET, value(1)));
        assertThat(get("b")).isEmpty();
        assertThat(done(maps().get(TWO, "a"))).isEmpty();
    }

    @Test
    void everyValueComesBackAsItWas() {
        for (long seed = 0; seed < 300; seed++) {
            Fields value = new RandomValues(new Random(seed)).fields(3);
            CompletableFuture<Long> set = maps().set(ONE, "k", value);
            CompletableFuture<Optional<MapEntry>> got = maps().get(ONE, "k");
            done(set);
            assertThat(got.join().orElseThrow().value()).as("seed %d", seed).isEqualTo(value);
        }
    }

    @Test
    void revisionsGrowAcrossKeysMapsAndRemovals() {
        List<Long> revisions = new ArrayList<>();
        revisions.add(set(ONE, "a", 1));
        revisions.add(set(TWO, "a", 1));
        revisions.add(done(maps().remove(ONE, "a")));
        revisions.add(set(ONE, "a", 1));
        revisions.add(done(maps().create(ONE, "b", value(1))).revision());
        done(maps().drop(ONE));
        revisions.add(set(ONE, "a", 1));
        assertThat(revisions).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void createSetsWhatIsNotThereAndTellsWhatIs() {
        MapOutcome first = done(maps().create(ONE, "a", value(1)));
        assertThat(first.done()).isTrue();
        assertThat(done(maps().create(ONE, "a", value(2)))).isEqualTo(new MapOutcome(false, first.revision()));
        assertThat(get("a")).contains("a=1");
        done(maps().remove(ONE, "a"));
        assertThat(done(maps().create(ONE, "a", value(3))).done()).isTrue();
        assertThat(get("a")).contains("a=3");
    }

    @Test
    void compareAndSetLosesAgainstAnyOtherRevision() {
        long first = set(ONE, "a", 1);
        MapOutcome second = done(maps().compareAndSet(ONE, "a", first, value(2)));
        assertThat(second.done()).isTrue();
        MapOutcome lost = new MapOutcome(false, second.revision());
        assertThat(done(maps().compareAndSet(ONE, "a", first, value(3)))).isEqualTo(lost);
        assertThat(done(maps().compareAndSet(ONE, "a", 4711, value(3)))).isEqualTo(lost);
        assertThat(get("a")).contains("a=2");
        assertThat(done(maps().compareAndSet(ONE, "b", 4711, value(3)))).isEqualTo(new MapOutcome(false, 0));
        assertThat(done(maps().compareAndSet(TWO, "b", 4711, value(3)))).isEqualTo(new MapOutcome(false, 0));
        assertThat(done(maps().list())).containsOnlyKeys(ONE);
    }

    @Test
    void removeTakesAnyOrOneRevision() {
        assertThat(done(maps().remove(ONE, "a"))).isZero();
        long first = set(ONE, "a", 1);
        assertThat(done(maps().remove(ONE, "a", 4711))).isEqualTo(new MapOutcome(false, first));
        assertThat(get("a")).contains("a=1");
        MapOutcome removed = done(maps().remove(ONE, "a", first));
        assertThat(removed.done()).isTrue();
        assertThat(removed.revision()).isGreaterThan(first);
        assertThat(get("a")).isEmpty();
        assertThat(done(maps().remove(ONE, "a", first))).isEqualTo(new MapOutcome(false, 0));
        assertThat(done(maps().remove(ONE, "a"))).isZero();
    }

    @Test
    void aReadSeesWhatWasAskedForBeforeIt() {
        maps().set(ONE, "a", value(1));
        CompletableFuture<Optional<MapEntry>> one = maps().get(ONE, "a");
        maps().set(ONE, "a", value(2));
        CompletableFuture<Optional<MapEntry>> two = maps().get(ONE, "a");
        maps().remove(ONE, "a");
        CompletableFuture<Optional<MapEntry>> none = maps().get(ONE, "a");
        settle();
        assertThat(one.join().map(MapsStage::brief)).contains("a=1");
        assertThat(two.join().map(MapsStage::brief)).contains("a=2");
        assertThat(none.join()).isEmpty();
    }

    @Test
    void historyKeepsAsManyOlderRevisionsAsItIsDeep() {
        done(maps().define(ONE, MapSettings.DEFAULT.withHistory(2)));
        for (int n = 1; n <= 5; n++) {
            set(ONE, "a", n);
            set(ONE, "ab", n);
        }
        assertThat(history("a")).containsExactly("a=5", "a=4", "a=3");
        assertThat(history("ab")).containsExactly("ab=5", "ab=4", "ab=3");
        done(maps().remove(ONE, "a"));
        assertThat(history("a")).containsExactly("a removed", "a=5", "a=4");
        set(ONE, "a", 6);
        assertThat(history("a")).containsExactly("a=6", "a removed", "a=5");
        assertThat(history("b")).isEmpty();
    }

    @Test
    void anotherDepthHoldsFromTheNextChangeOn() {
        done(maps().define(ONE, MapSettings.DEFAULT.withHistory(3)));
        for (int n = 1; n <= 5; n++) {
            set(ONE, "a", n);
        }
        done(maps().define(ONE, MapSettings.DEFAULT.withHistory(1)));
        assertThat(history("a")).containsExactly("a=5", "a=4", "a=3", "a=2");
        set(ONE, "a", 6);
        assertThat(history("a")).containsExactly("a=6", "a=5");
        done(maps().define(ONE, MapSettings.DEFAULT));
        set(ONE, "a", 7);
        assertThat(history("a")).containsExactly("a=7");
    }

    @Test
    void anEntryExpiresWhenItsTimeHasCome() {
        done(maps().define(
                        ONE, MapSettings.DEFAULT.withTtl(Duration.ofSeconds(10)).withHistory(1)));
        set(ONE, "a", 1);
        pass(Duration.ofSeconds(5));
        set(ONE, "b", 1);
        long again = set(ONE, "c", 1);
        pass(Duration.ofMillis(4_999));
        assertThat(get("a")).contains("a=1");
        pass(Duration.ofMillis(1));
        assertThat(get("a")).isEmpty();
        assertThat(history("a")).containsExactly("a expired", "a=1");
        assertThat(get("b")).contains("b=1");
        assertThat(done(maps().compareAndSet(ONE, "c", again, value(2))).done()).isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(done(maps().keys(ONE, "", "", 10)).keys()).containsExactly("c");
        assertThat(done(maps().create(ONE, "b", value(2))).done()).isTrue();
        assertThat(done(maps().info(ONE)).orElseThrow().entries()).isEqualTo(2);
    }

    @Test
    void anotherTtlHoldsForWhatIsSetFromThenOn() {
        set(ONE, "for ever", 1);
        done(maps().define(ONE, MapSettings.DEFAULT.withTtl(Duration.ofSeconds(1))));
        set(ONE, "short", 1);
        done(maps().define(ONE, MapSettings.DEFAULT));
        set(ONE, "again", 1);
        pass(Duration.ofDays(1));
        assertThat(done(maps().keys(ONE, "", "", 10)).keys()).containsExactly("again", "for ever");
    }

    @Test
    void aFullMapRefusesWritersNamesItselfAndLetsOthersGoOn() {
        done(maps().define(ONE, MapSettings.DEFAULT.withRoom(2, 1_000_000)));
        set(ONE, "a", 1);
        set(ONE, "b", 1);
        refused(maps().set(ONE, "c", value(1)), "map test:one is full (2 entries");
        refused(maps().create(ONE, "c", value(1)), "remove entries, or raise its limit");
        set(ONE, "b", 2);
        done(maps().remove(ONE, "a"));
        set(ONE, "c", 1);
        assertThat(done(maps().keys(ONE, "", "", 10)).keys()).containsExactly("b", "c");
    }

    @Test
    void bytesAreBoundedTooAndASmallerValueAlwaysFits() {
        Fields small = Fields.of("x", Value.of("y".repeat(10)));
        Fields large = Fields.of("x", Value.of("y".repeat(500)));
        done(maps().set(ONE, "a", large));
        done(maps().set(ONE, "b", small));
        long bytes = done(maps().info(ONE)).orElseThrow().bytes();
        done(maps().define(ONE, MapSettings.DEFAULT.withRoom(100, bytes - 1)));
        refused(maps().set(ONE, "b", large), "map test:one is full");
        done(maps().set(ONE, "a", small));
        done(maps().define(ONE, MapSettings.DEFAULT.withRoom(100, bytes)));
        done(maps().set(ONE, "b", large));
        assertThat(done(maps().info(ONE)).orElseThrow().bytes()).isEqualTo(bytes);
        refused(maps().set(ONE, "a", large), "map test:one is full");
    }

    @Test
    void keysComeInPagesInTheOrderOfTheirBytes() {
        List<String> keys = List.of("a", "a/1", "a/10", "a/2", "b", "\u00e9", "\uffee", "\ud83d\ude00");
        keys.forEach(key -> set(ONE, key, 1));
        set(ONE, "a/3", 1);
        set(TWO, "a/4", 1);
        done(maps().remove(ONE, "a/3"));
        MapPage whole = done(maps().keys(ONE, "", "", 10));
        assertThat(whole.next()).isEmpty();
        assertThat(whole.keys()).isEqualTo(keys);
        MapEntry newest = done(maps().get(ONE, "b")).orElseThrow();
        assertThat(whole.found().get(4).revision()).isEqualTo(newest.revision());
        assertThat(whole.found().get(4).time()).isEqualTo(newest.time());
        assertThat(whole.found().get(4).bytes()).isPositive();
        List<String> paged = new ArrayList<>();
        Optional<String> after = Optional.of("");
        while (after.isPresent()) {
            MapPage page = done(maps().keys(ONE, "a", after.get(), 2));
            assertThat(page.keys()).hasSizeLessThanOrEqualTo(2);
            paged.addAll(page.keys());
            after = page.next();
        }
        assertThat(paged).containsExactly("a", "a/1", "a/10", "a/2");
        assertThat(done(maps().keys(ONE, "a/1", "a", 10)).keys()).containsExactly("a/1", "a/10");
        assertThat(done(maps().keys(ONE, "a/", "a/1", 10)).keys()).containsExactly("a/10", "a/2");
        assertThat(done(maps().keys(ONE, "a", "z", 10)).keys()).isEmpty();
        assertThat(done(maps().keys(new MapName("test", "none"), "", "", 10)).keys())
                .isEmpty();
    }

    @Test
    void limitsHoldAndAStepBeyondIsRefused() {
        set(ONE, "k".repeat(20), 1);
        refused(maps().set(ONE, "k".repeat(21), value(1)), "a key of 21 bytes is too long for a map; the limit is 20");
        refused(maps().set(ONE, "", value(1)), "must not be empty");
        refused(maps().get(ONE, "a\0"), "must not hold NUL or half a surrogate pair");
        refused(maps().keys(ONE, "\ud83d", "", 1), "must not hold NUL or half a surrogate pair");
        refused(maps().keys(ONE, "", "", 11), "ask for 1 to 10");
        refused(maps().keys(ONE, "", "", 0), "ask for 1 to 10");
        int frame = 1 + 2 + 1 + 2;
        done(maps().set(ONE, "v", Fields.of("x", Value.of("y".repeat(1_000 - frame)))));
        refused(maps().set(ONE, "v", Fields.of("x", Value.of("y".repeat(1_001 - frame)))), "a value of 1001 bytes");
        done(maps().define(ONE, MapSettings.DEFAULT.withHistory(5)));
        refused(maps().define(ONE, MapSettings.DEFAULT.withHistory(6)), "cannot keep 6 older revisions");
        set(TWO, "a", 1);
        set(new MapName("test", "three"), "a", 1);
        refused(maps().set(new MapName("test", "four"), "a", value(1)), "map test:four would be one too many");
        done(maps().drop(TWO));
        set(new MapName("test", "four"), "a", 1);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> MapSettings.DEFAULT.withHistory(-1)).hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> MapSettings.DEFAULT.withTtl(Duration.ofNanos(1)))
                .hasMessageContaining("from a millisecond to 100 years");
        assertThatThrownBy(() -> MapSettings.DEFAULT.withTtl(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasMessageContaining("from a millisecond to 100 years");
    }

    @Test
    void aDroppedMapIsGoneAndOthersStay() {
        done(maps().define(ONE, MapSettings.DEFAULT.withHistory(2).withTtl(Duration.ofDays(1))));
        set(ONE, "a", 1);
        set(ONE, "a", 2);
        set(TWO, "a", 3);
        done(maps().drop(ONE));
        assertThat(done(maps().list())).containsOnlyKeys(TWO);
        assertThat(done(maps().info(ONE))).isEmpty();
        assertThat(get("a")).isEmpty();
        set(ONE, "b", 4);
        assertThat(history("a")).isEmpty();
        assertThat(done(maps().keys(ONE, "", "", 10)).keys()).containsExactly("b");
        assertThat(done(maps().get(TWO, "a")).map(MapsStage::brief)).contains("a=3");
        pass(Duration.ofDays(2));
        assertThat(get("b")).contains("b=4");
        done(maps().drop(new MapName("test", "none")));
    }

    @Test
    void listAndInfoTellHowTheMapsAre() {
        MapSettings settings = new MapSettings(3, Duration.ofMinutes(5), 9, 1_000);
        done(maps().define(ONE, settings));
        long last = set(TWO, "a", 1);
        assertThat(done(maps().list()))
                .containsOnly(java.util.Map.entry(ONE, settings), java.util.Map.entry(TWO, MapSettings.DEFAULT));
        assertThat(done(maps().info(ONE))).contains(new MapInfo(settings, 0, 0, 0));
        assertThat(done(maps().info(TWO)).orElseThrow().revision()).isEqualTo(last);
        assertThat(done(maps().info(TWO)).orElseThrow().entries()).isEqualTo(1);
    }

    @Test
    void aClosedStoreRefuses() {
        set(ONE, "a", 1);
        engine().store().close();
        refused(maps().set(ONE, "a", value(2)), "closed");
        refused(maps().get(ONE, "a"), "closed");
    }
}

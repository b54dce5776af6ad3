package io.hawser.core.store.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine's watches must tell. Each engine's test extends this and says how to make one. */
public abstract class WatchContract extends MapsStage {
    private static final int MANY = 1_000;

    @Test
    void aWatchFromNowHearsEveryChangeInOrder() {
        set(ONE, "a", 1);
        Ear ear = new Ear(ONE, "", MapStart.NOW, MANY);
        assertThat(ear.heard()).isEmpty();
        maps().set(ONE, "a", value(2));
        maps().set(ONE, "a", value(3));
        maps().remove(ONE, "a");
        maps().set(TWO, "a", value(4));
        long last = set(ONE, "b", 5);
        assertThat(ear.heard()).containsExactly("a=2", "a=3", "a removed", "b=5");
        assertThat(ear.changes.get(3).revision()).isEqualTo(last);
    }

    @Test
    void aLostOrRefusedChangeIsNotTold() {
        Ear ear = new Ear(ONE, "", MapStart.NOW, MANY);
        done(maps().define(ONE, MapSettings.DEFAULT.withRoom(1, 1_000)));
        set(ONE, "a", 1);
        done(maps().create(ONE, "a", value(2)));
        assertThat(maps().set(ONE, "b", value(2)).handle((revision, refused) -> "handled"))
                .isNotNull();
        done(maps().remove(ONE, "a", 4711));
        assertThat(ear.heard()).containsExactly("a=1");
    }

    @Test
    void currentValuesComeFirstOldestChangeFirstWithoutRemovals() {
        set(ONE, "a", 1);
        set(ONE, "b", 2);
        set(ONE, "c", 3);
        set(ONE, "a", 4);
        done(maps().remove(ONE, "c"));
        Ear ear = new Ear(ONE, "", MapStart.CURRENT, MANY);
        assertThat(ear.heard()).containsExactly("b=2", "a=4");
        done(maps().remove(ONE, "b"));
        assertThat(ear.heard()).containsExactly("b removed");
    }

    @Test
    void watchesAreBounded() {
        List<Ear> ears = new ArrayList<>();
        for (int i = 0; i < LIMITS.watches(); i++) {
            ears.add(new Ear(i % 2 == 0 ? ONE : TWO, "", MapStart.NOW, MANY));
        }
        Ear refused = new Ear(ONE, "", MapStart.NOW, MANY);
        assertThat(refused.heard())
                .containsExactly("there are 12 watches of maps, the limit; end one, or raise the limit");
        ears.get(0).watch.close();
        ears.get(0).watch.close();
        refused.watch.close();
        Ear last = new Ear(ONE, "", MapStart.NOW, MANY);
        Ear again = new Ear(ONE, "", MapStart.NOW, MANY);
        set(ONE, "a", 1);
        assertThat(refused.heard()).isEmpty();
        assertThat(ears.get(0).heard()).isEmpty();
        assertThat(last.heard()).containsExactly("a=1");
        assertThat(again.heard()).hasSize(1).allMatch(text -> text.contains("the limit"));
    }

    @Test
    void onlyThePrefixIsHeard() {
        set(ONE, "a/1", 1);
        set(ONE, "b/1", 1);
        Ear ear = new Ear(ONE, "a/", MapStart.CURRENT, MANY);
        set(ONE, "a/2", 2);
        set(ONE, "a", 2);
        set(ONE, "b/2", 2);
        assertThat(ear.heard()).containsExactly("a/1=1", "a/2=2");
    }

    @Test
    void aWatchFromARevisionHearsWhatItMissedRemovalsToo() {
        set(ONE, "a", 1);
        long revision = set(ONE, "b", 1);
        set(ONE, "c", 1);
        done(maps().remove(ONE, "a"));
        set(ONE, "c", 2);
        assertThat(new Ear(ONE, "", MapStart.after(revision), MANY).heard()).containsExactly("a removed", "c=2");
        assertThat(new Ear(ONE, "", MapStart.after(0), MANY).heard()).containsExactly("b=1", "c=2");
    }

    @Test
    void withoutCreditItIsHeldAndHearsTheNewestOfEachKeyLater() {
        Ear ear = new Ear(ONE, "", MapStart.NOW, 2);
        for (int n = 1; n <= 100; n++) {
            maps().set(ONE, "a", value(n));
            maps().set(ONE, "b", value(n));
        }
        assertThat(ear.heard()).containsExactly("a=1", "b=1");
        ear.watch.request(1);
        assertThat(ear.heard()).containsExactly("a=100");
        set(ONE, "a", 101);
        ear.watch.request(1);
        assertThat(ear.heard()).containsExactly("b=100");
        ear.watch.request(MANY);
        assertThat(ear.heard()).containsExactly("a=101");
        maps().set(ONE, "a", value(102));
        set(ONE, "a", 103);
        assertThat(ear.heard()).containsExactly("a=102", "a=103");
    }

    @Test
    void nothingIsToldBeforeTheFirstCredit() {
        set(ONE, "a", 1);
        Ear ear = new Ear(ONE, "", MapStart.CURRENT, 0);
        set(ONE, "b", 1);
        assertThat(ear.heard()).isEmpty();
        ear.watch.request(1);
        assertThat(ear.heard()).containsExactly("a=1");
        ear.watch.request(1);
        assertThat(ear.heard()).containsExactly("b=1");
    }

    @Test
    void whatExpiresIsToldAsSuch() {
        done(maps().define(ONE, MapSettings.DEFAULT.withTtl(Duration.ofSeconds(1))));
        Ear ear = new Ear(ONE, "", MapStart.NOW, MANY);
        set(ONE, "a", 1);
        set(ONE, "b", 1);
        pass(Duration.ofSeconds(1));
        assertThat(ear.heard()).containsExactly("a=1", "b=1", "a expired", "b expired");
    }

    @Test
    void whoMissesMoreRemovalsThanAreRememberedStartsAfresh() {
        set(ONE, "stays", 1);
        long revision = 0;
        for (int n = 1; n <= LIMITS.removed() + 1; n++) {
            revision = set(ONE, "k" + n, n);
        }
        Ear behind = new Ear(ONE, "", MapStart.NOW, 0);
        for (int n = 1; n <= LIMITS.removed(); n++) {
            done(maps().remove(ONE, "k" + n));
        }
        assertThat(new Ear(ONE, "", MapStart.after(revision), MANY).heard())
                .containsExactly("k1 removed", "k2 removed", "k3 removed", "k4 removed");
        done(maps().remove(ONE, "k5"));
        List<String> afresh = List.of("restarted", "stays=1");
        assertThat(new Ear(ONE, "", MapStart.after(revision), MANY).heard()).isEqualTo(afresh);
        behind.watch.request(MANY);
        assertThat(behind.heard()).isEqualTo(afresh);
        set(ONE, "k1", 6);
        assertThat(behind.heard()).containsExactly("k1=6");
    }

    @Test
    void aRevisionThatIsNotYetThereStartsAfresh() {
        set(ONE, "a", 1);
        assertThat(new Ear(ONE, "", MapStart.after(4711), MANY).heard()).containsExactly("restarted", "a=1");
    }

    @Test
    void aDropStartsEverybodyAfresh() {
        long revision = set(ONE, "a", 1);
        Ear ear = new Ear(ONE, "", MapStart.NOW, MANY);
        Ear held = new Ear(ONE, "", MapStart.CURRENT, 0);
        set(ONE, "b", 1);
        done(maps().drop(ONE));
        assertThat(ear.heard()).containsExactly("b=1", "restarted");
        set(ONE, "c", 1);
        assertThat(ear.heard()).containsExactly("c=1");
        held.watch.request(MANY);
        assertThat(held.heard()).containsExactly("restarted", "c=1");
        assertThat(new Ear(ONE, "", MapStart.after(revision), MANY).heard()).containsExactly("restarted", "c=1");
    }

    @Test
    void aMapMayBeWatchedBeforeItIsThere() {
        Ear current = new Ear(ONE, "", MapStart.CURRENT, MANY);
        Ear now = new Ear(ONE, "", MapStart.NOW, MANY);
        assertThat(current.heard()).isEmpty();
        set(ONE, "a", 1);
        assertThat(current.heard()).containsExactly("a=1");
        assertThat(now.heard()).containsExactly("a=1");
    }

    @Test
    void aClosedWatchHearsNothingMore() {
        Ear ear = new Ear(ONE, "", MapStart.NOW, MANY);
        Ear other = new Ear(ONE, "", MapStart.NOW, MANY);
        set(ONE, "a", 1);
        ear.watch.close();
        ear.watch.request(MANY);
        set(ONE, "a", 2);
        ear.watch.close();
        assertThat(ear.heard()).containsExactly("a=1");
        assertThat(other.heard()).containsExactly("a=1", "a=2");
    }
}

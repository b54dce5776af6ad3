package io.hawser.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.admin.health.Check;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Counters;
import io.hawser.core.store.StoreException;
import io.hawser.store.local.disk.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreWardenTest {
    private final Counters counters = new Counters();
    private final StoreWarden warden = new StoreWarden(counters);

    private List<String> missing() {
        return missing(StoreWarden.Place.DISK);
    }

    private List<String> missing(StoreWarden.Place on) {
        return warden.checks(on).stream()
                .filter(check -> !check.sound().getAsBoolean())
                .map(Check::name)
                .toList();
    }

    @Test
    void aHubIsReadyAsLongAsItTakesWhatIsNew() {
        assertThat(missing()).isEmpty();
        warden.room(Level.LOW, "50 MiB left");
        assertThat(missing()).isEmpty();
        warden.room(Level.FULL, "nothing left");
        assertThat(missing()).containsExactly("disk");
        warden.room(Level.AMPLE, "enough");
        assertThat(missing()).isEmpty();
        warden.failed(new StoreException("broken"));
        assertThat(missing()).containsExactly("store");
        assertThat(warden.failure().join()).hasMessage("broken");
    }

    @Test
    void aHubIsReadyAsLongAsNatsTakesWhatIsNew() {
        warden.away("no quorum");
        assertThat(missing(StoreWarden.Place.NATS)).containsExactly("nats");
        assertThat(counters.get(Counter.STORE_AWAY)).isEqualTo(1);
        warden.back("a quorum");
        assertThat(missing(StoreWarden.Place.NATS)).isEmpty();
    }
}

package io.hawser.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much a journal knows, and of whom. */
class JournalTest {
    private Instant now = Instant.EPOCH;
    private final Journal journal = new Journal(() -> now);

    @Test
    void knowsWhatHappenedAndWhen() {
        journal.note("eftl/channel/a", PartyEvent.CONNECTED, "from here");
        now = now.plusSeconds(1);
        journal.note("eftl/channel/a", PartyEvent.DISCONNECTED, "");
        assertThat(journal.of("eftl/channel/a"))
                .containsExactly(
                        new JournalEntry(Instant.EPOCH, PartyEvent.CONNECTED, "from here"),
                        new JournalEntry(Instant.EPOCH.plusSeconds(1), PartyEvent.DISCONNECTED, ""));
        assertThat(journal.of("eftl/channel/b")).isEmpty();
    }

    @Test
    void forgetsTheOldestEvents() {
        IntStream.rangeClosed(1, Journal.EVENTS + 1)
                .forEach(n -> journal.note("a", PartyEvent.REFUSED, Integer.toString(n)));
        assertThat(journal.of("a"))
                .hasSize(Journal.EVENTS)
                .first()
                .extracting("detail")
                .isEqualTo("2");
    }

    @Test
    void forgetsThePartyThatWasNotedFirst() {
        IntStream.rangeClosed(1, Journal.PARTIES).forEach(n -> journal.note("p" + n, PartyEvent.CONNECTED, ""));
        assertThat(journal.parties()).hasSize(Journal.PARTIES);
        journal.note("p1", PartyEvent.AWAY, "");
        journal.note("new", PartyEvent.CONNECTED, "");
        assertThat(journal.parties())
                .hasSize(Journal.PARTIES)
                .contains("p2", "new")
                .doesNotContain("p1");
    }
}

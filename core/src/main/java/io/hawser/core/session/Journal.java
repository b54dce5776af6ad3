package io.hawser.core.session;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What happened to each party, for whoever asks later why something did not arrive. Of each party the newest {@value #EVENTS}
 * events are known, of {@value #PARTIES} parties at most; then the one that was noted first is forgotten.
 *
 * <p>Anybody notes from any thread. Nothing is noted of a message that goes its way, only of what seldom happens.
 */
public final class Journal {
    /** So many events of each party are known. */
    public static final int EVENTS = 64;

    /** So many parties are known. */
    public static final int PARTIES = 2_000;

    private final InstantSource clock;
    private final Map<String, Deque<JournalEntry>> parties = new ConcurrentHashMap<>();
    private final Queue<String> order = new ConcurrentLinkedQueue<>();

    /** Nothing has happened yet; {@code clock} stamps what does. */
    public Journal(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes that {@code event} happened to {@code party}.
     *
     * @param party protocol and name, such as {@code eftl/channel/gcs-2}
     * @param detail why, or what it was about, for people; may be empty
     */
    public void note(String party, PartyEvent event, String detail) {
        JournalEntry entry = new JournalEntry(clock.instant(), event, detail);
        parties.compute(party, (name, known) -> {
            Deque<JournalEntry> events = known == null ? begin(name) : known;
            if (events.size() == EVENTS) {
                events.removeFirst();
            }
            events.addLast(entry);
            return events;
        });
        while (parties.size() > PARTIES) {
            String oldest = order.poll();
            if (oldest == null) {
                return;
            }
            parties.remove(oldest);
        }
    }

    private Deque<JournalEntry> begin(String party) {
        order.add(party);
        return new ArrayDeque<>();
    }

    /** What is known of {@code party}, the oldest first. */
    public List<JournalEntry> of(String party) {
        List<List<JournalEntry>> copy = new ArrayList<>();
        parties.computeIfPresent(party, (name, events) -> {
            copy.add(List.copyOf(events));
            return events;
        });
        return copy.isEmpty() ? List.of() : copy.get(0);
    }

    /** Of whom something is known, sorted. */
    public List<String> parties() {
        return parties.keySet().stream().sorted().toList();
    }
}

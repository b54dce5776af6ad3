package io.hawser.app.demo;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What was sent and what arrived, in both directions. Any thread counts, any thread reads. */
public final class Tally {
    private final AtomicLong ivySent = new AtomicLong();
    private final AtomicLong eftlHeard = new AtomicLong();
    private final AtomicLong eftlSent = new AtomicLong();
    private final AtomicLong ivyHeard = new AtomicLong();

    Tally() {}

    void sentByIvy() {
        ivySent.incrementAndGet();
    }

    void heardByEftl() {
        eftlHeard.incrementAndGet();
    }

    void sentByEftl() {
        eftlSent.incrementAndGet();
    }

    void heardByIvy() {
        ivyHeard.incrementAndGet();
    }

    /** True if everything that was sent has arrived. */
    boolean settled() {
        return eftlHeard.get() >= ivySent.get() && ivyHeard.get() >= eftlSent.get();
    }

    /** What is missing if one of the directions carried nothing at all. */
    public Optional<String> missing() {
        if (eftlHeard.get() == 0) {
            return Optional.of("nothing crossed from Ivy to eFTL: " + ivySent + " GPS texts sent, none heard");
        }
        if (ivyHeard.get() == 0) {
            return Optional.of("nothing crossed from eFTL to Ivy: " + eftlSent + " commands sent, none heard");
        }
        return Optional.empty();
    }

    /** All four on one line. */
    @Override
    public String toString() {
        return "ivy → eftl " + ivySent + " sent, " + eftlHeard + " heard; eftl → ivy " + eftlSent + " sent, " + ivyHeard
                + " heard";
    }
}

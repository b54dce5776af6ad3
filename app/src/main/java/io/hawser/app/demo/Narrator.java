package io.hawser.app.demo;

import io.hawser.app.text.SafeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells what crosses from one protocol to another, a line each, and counts it. Any thread tells. */
final class Narrator {
    private final Tally tally;
    private final Consumer<String> lines;

    /** Tells {@code lines}, and {@code tally}. */
    Narrator(Tally tally, Consumer<String> lines) {
        this.tally = tally;
        this.lines = lines;
    }

    /** Somebody says {@code key} to those beyond {@code crossing}. */
    void said(Crossing crossing, String key) {
        tally.said(crossing, key);
    }

    /** {@code key} was heard there: {@code what} happens. If somebody else said it, no crossing of ours is counted. */
    void heard(Crossing crossing, String key, String what) {
        Optional<Duration> took = tally.heard(crossing, key);
        boolean rare = crossing.every() == 1;
        if (took.isPresent() && (rare || tally.heard(crossing) % crossing.every() == 1)) {
            tell(crossing.toString(), Tally.shown(took.get()), what);
        } else if (took.isEmpty() && rare) {
            tell(what);
        }
    }

    /** A question that was asked through {@code crossing} ends without an answer. */
    void failed(Crossing crossing, String why) {
        tell(crossing.toString(), "failed", why);
    }

    /** Something happens on the way to a crossing. */
    void tell(String what) {
        tell("", "", what);
    }

    private void tell(String way, String took, String what) {
        lines.accept(String.format(Locale.ROOT, "%-22s%9s  %s", way, took, SafeText.of(what)));
    }
}

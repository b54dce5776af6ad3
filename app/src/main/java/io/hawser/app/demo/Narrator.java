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

    /** Somebody says {@code key}, to those at the end of {@code way}. */
    void said(Way way, String key) {
        tally.said(way, key);
    }

    /** {@code key} was heard there: {@code what} happens. What somebody else said is not counted. */
    void heard(Way way, String key, String what) {
        Optional<Duration> took = tally.heard(way, key);
        boolean rare = way.every() == 1;
        if (took.isPresent() && (rare || tally.heard(way) % way.every() == 1)) {
            tell(way.toString(), Tally.shown(took.get()), what);
        } else if (took.isEmpty() && rare) {
            tell(what);
        }
    }

    /** A question on {@code way} ends without an answer. */
    void failed(Way way, String why) {
        tell(way.toString(), "failed", why);
    }

    /** Something happens that leads to what follows. */
    void tell(String what) {
        tell("", "", what);
    }

    private void tell(String words, String took, String what) {
        lines.accept(String.format(Locale.ROOT, "%-22s%9s  %s", words, took, SafeText.of(what)));
    }
}

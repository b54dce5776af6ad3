package io.hawser.clever.engine;

import io.hawser.clever.engine.file.FileSink;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What waits for its answer. Owner of what changes: the party's loop. */
final class Pending {
    /** What is waited for. */
    enum Kind {
        /** A value, or a file. Means the same when it is asked again on another connection. */
        REQUEST,
        /** A value that shows that the peer is there. */
        PING,
        /** The word that an action is done, which only peers of ours say. */
        ACKNOWLEDGEMENT
    }

    final Kind kind;
    final String id;
    final Question question;
    /** What is sent. */
    final byte[] frame;

    /** The file that was asked for. */
    final Optional<Fetch> fetch;

    final Outcome outcome;
    /** How long the answer, or a file's beginning, may take. */
    final Duration patience;
    /** The loop's clock when it was asked. */
    long since;

    Loop.@Nullable Timer clock;
    /** While it waits to be sent. */
    @Nullable
    Parcel parcel;

    /** Where a file goes, anew for each attempt, and how it is called between peers of ours. */
    record Fetch(Supplier<FileSink> sinks, String transfer) {}

    Pending(
            Kind kind,
            String id,
            Question question,
            byte[] frame,
            Optional<Fetch> fetch,
            Duration patience,
            Outcome outcome) {
        this.kind = kind;
        this.id = id;
        this.question = question;
        this.frame = frame;
        this.fetch = fetch;
        this.patience = patience;
        this.outcome = outcome;
    }

    void stopClock() {
        if (clock != null) {
            clock.cancel();
            clock = null;
        }
    }
}

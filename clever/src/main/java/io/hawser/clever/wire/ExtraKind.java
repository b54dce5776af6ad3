package io.hawser.clever.wire;

import java.util.Locale;
import java.util.Optional;

/** What peers of ours say to each other beyond the original's protocol ({@code docs/decisions/0016}). */
public enum ExtraKind {
    /** I am one of ours. The first frame of each side. */
    HELLO,
    /** The action {@code id} is done; {@code error} says why it is not. */
    ACKNOWLEDGED,
    /** The request {@code id} is being worked on: {@code value}. */
    PROGRESS,
    /** A file of {@code size} bytes wants to come as transfer {@code id}, to {@code filepath} if nobody asked for it. */
    OFFER,
    /** Send the transfer {@code id} from {@code offset} on; {@code error} says why not. */
    ACCEPT,
    /** All bytes of the transfer {@code id} were sent; they have the SHA-256 {@code sha256}, in hex. */
    END,
    /** The file of the transfer {@code id} is on disk; {@code error} says why it is not. */
    DONE;

    /** The word on the wire. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ExtraKind> of(String word) {
        for (ExtraKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

package io.hawser.clever;

/** Hears how far a file is. Called on the peer's callback executor; never backwards, but for a file that begins anew. */
@FunctionalInterface
public interface CleverProgress {
    /** So many of {@code total} bytes have gone or come. */
    void bytes(long bytes, long total);
}

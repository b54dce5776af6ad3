package io.hawser.clever.engine;

import io.hawser.core.value.Value;

/** Hears what becomes of something that was asked for. Called on the loop; one of {@link #done} and {@link #failed}, once. */
public interface Outcome {
    /** It is done: an answer's value, null for what has none. */
    void done(Value value);

    /** It is not done, or nobody knows. */
    void failed(Failure why);

    /** The peer, which is one of ours, works on it. */
    default void progress(Value value) {}

    /** So many of {@code total} bytes of a file have gone or come. */
    default void bytes(long bytes, long total) {}
}

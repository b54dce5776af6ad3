package io.hawser.core.store.object;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The content of an upload. Owner: the catalog's thread. */
public interface ObjectDraft extends AutoCloseable {
    /**
     * The next chunk of what is there already, checked; empty at the end of what is whole, from where {@link #append} goes on.
     * Called until it is empty, before anything is appended to a draft that was reopened.
     */
    Optional<ByteBuffer> restored();

    /** Writes what remains of {@code bytes}. */
    void append(ByteBuffer bytes);

    /** Puts everything on stable storage; nothing is appended after that. */
    void sync();

    /** Lets go of what is open; the content stays. */
    @Override
    void close();
}

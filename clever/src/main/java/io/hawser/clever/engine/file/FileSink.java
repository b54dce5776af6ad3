package io.hawser.clever.engine.file;

import java.io.IOException;

/** Where a file goes that comes in. Called on the disk's threads, one call after the other. */
public interface FileSink {
    /**
     * Begins, or goes on with what was {@link #suspend}ed under this name.
     *
     * @param transfer empty: from the beginning, and nothing can be resumed
     * @return how many bytes are there already
     */
    long open(String transfer) throws IOException;

    /** Adds {@code bytes}. */
    void write(byte[] bytes) throws IOException;

    /**
     * The file is complete: it appears, whole and safe.
     *
     * @param sha256 in hex, what its bytes must have; empty: nobody said
     */
    void finish(String sha256) throws IOException;

    /** Nothing more comes for now; what is there is kept if it can be resumed. Does nothing after {@link #finish}. */
    void suspend();

    /** Gives it up, and what is there with it. */
    void discard();
}

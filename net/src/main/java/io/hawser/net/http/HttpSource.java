package io.hawser.net.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What an answer's body is taken from, piece by piece. Called on the connection's loop. */
public interface HttpSource {
    /**
     * Completes, on any thread, with the next bytes, which are not changed afterwards; with none at the end. If it fails the
     * connection breaks, so that nobody takes what has come for the whole. Called again when what it gave has been sent.
     */
    CompletableFuture<ByteBuffer> next();

    /** Nobody wants more, at the end too; called once. */
    void close();
}

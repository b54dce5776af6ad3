package io.hawser.net.http;

/** Hears a body as it comes in. Called on the connection's loop, in order. */
public interface HttpBody {
    /** The next bytes, at least one. The array belongs to the receiver. */
    void piece(byte[] bytes);

    /** The body is complete. */
    void end();

    /** The rest will not come: the client is gone, too slow or says too much. Whoever is there has been answered. */
    default void broken() {}
}

package io.hawser.net.http;

/** A body as it goes out. Every method is called on the connection's loop; after the other side is gone nothing happens. */
public interface HttpStream {
    /** Sends {@code bytes}, which the caller does not change afterwards. */
    void send(byte[] bytes);

    /** False while the other side reads more slowly than we write; then wait for {@link #whenWritable}. */
    boolean writable();

    /** What to run each time {@link #writable} becomes true again. */
    void whenWritable(Runnable again);

    /** The body is complete. */
    void end();
}

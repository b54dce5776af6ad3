package io.hawser.verify.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Just enough of one protocol to publish and to be delivered to. */
interface Dialect {
    /** Opens a conversation on {@code channel}, which is connected and blocks, as the client {@code name}. */
    void join(SocketChannel channel, String name) throws IOException;

    /** Asks for everything that is published under {@code key} and waits for the answer; {@code channel} blocks. */
    void subscribe(SocketChannel channel, String key) throws IOException;

    /**
     * What is published under {@code key}.
     *
     * @param bytes the length of the body, which is the same in every protocol
     * @param acknowledged whether the broker is asked to acknowledge each one
     */
    Publication publication(String key, int bytes, boolean acknowledged);

    /** Takes every whole frame between position and limit of {@code in} and leaves the rest. */
    void take(ByteBuffer in, Tally tally);
}

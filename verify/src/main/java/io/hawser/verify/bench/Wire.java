package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** One blocking connection that asks and answers, a piece at a time. Owner: the thread that calls. */
final class Wire implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;

    private Wire(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
    }

    /** Connects and introduces itself as {@code name}; with {@code key} it subscribes to that. */
    static Wire to(InetSocketAddress broker, Dialect dialect, String name, String key) throws IOException {
        SocketChannel channel = plain(broker);
        dialect.join(channel, name);
        if (!key.isEmpty()) {
            dialect.subscribe(channel, key);
        }
        return new Wire(channel);
    }

    /** Only connects. */
    static Wire to(InetSocketAddress server) throws IOException {
        return new Wire(plain(server));
    }

    private static SocketChannel plain(InetSocketAddress server) throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Texts as a WebSocket client says them, at once. */
    void say(String... texts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String text : texts) {
            Publication frame = EftlDialect.frame(text);
            ByteBuffer bytes = ByteBuffer.allocate(frame.length());
            frame.write(bytes, 0);
            out.writeBytes(bytes.array());
        }
        send(out.toByteArray());
    }

    /** A text as a WebSocket server says it. */
    String hear() throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        return text(length == 126 ? in.readUnsignedShort() : length);
    }

    /** A line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server ended");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    String text(int length) throws IOException {
        return new String(bytes(length), US_ASCII);
    }

    byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    int octet() throws IOException {
        return in.readUnsignedByte();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** The NATS client protocol (docs.nats.io, reference of the protocols), as a client that publishes and subscribes. */
final class NatsDialect implements Dialect {
    private static final byte[] UNMASKED = {0, 0, 0, 0};
    private static final String END = "\r\n";

    @Override
    public void join(SocketChannel channel, String name) throws IOException {
        line(channel);
        ask(channel, "CONNECT {\"verbose\":false,\"pedantic\":false,\"name\":\"" + name + "\"}" + END);
    }

    @Override
    public void subscribe(SocketChannel channel, String key) throws IOException {
        ask(channel, "SUB " + key + " 1" + END);
    }

    @Override
    public Publication publication(String key, int bytes, boolean acknowledged) {
        if (acknowledged) {
            throw new IllegalArgumentException("core NATS knows no acknowledgement");
        }
        String head = "PUB " + key + " " + bytes + END;
        return Publication.of(head.getBytes(US_ASCII), Publication.body(key, bytes) + END, UNMASKED);
    }

    @Override
    public void take(ByteBuffer in, Tally tally) {
        while (in.hasRemaining()) {
            int start = in.position();
            int end = lineEnd(in, start);
            if (end < 0) {
                return;
            }
            if (in.get(start) != 'M') {
                in.position(end);
                continue;
            }
            int length = length(in, end);
            if (in.limit() - end < length + END.length()) {
                return;
            }
            tally.delivered(Publication.number(in, end + length - 1 - Publication.DIGITS));
            in.position(end + length + END.length());
        }
    }

    /** Where the line that begins at {@code start} is over; -1 if it is not all there. */
    private static int lineEnd(ByteBuffer in, int start) {
        for (int at = start; at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    /** The last number of the line that is over at {@code end}: the length of what follows. */
    private static int length(ByteBuffer in, int end) {
        int length = 0;
        int place = 1;
        for (int at = end - 1 - END.length(); in.get(at) != ' '; at--) {
            length += place * (in.get(at) - '0');
            place *= 10;
        }
        return length;
    }

    private static void ask(SocketChannel channel, String said) throws IOException {
        ByteBuffer out = ByteBuffer.wrap((said + "PING" + END).getBytes(US_ASCII));
        while (out.hasRemaining()) {
            channel.write(out);
        }
        String answer = line(channel);
        if (!answer.equals("PONG")) {
            throw new IOException("refused: " + answer);
        }
    }

    private static String line(SocketChannel channel) throws IOException {
        InputStream in = Channels.newInputStream(channel);
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server ended early: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}

package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** eFTL over WebSocket ({@code specs/eftl.md} 1, RFC 6455), as a client. */
final class EftlDialect implements Dialect {
    private static final int FINAL_TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int LONG_LENGTH = 126;
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};
    private static final byte[] OP = "{\"op\":".getBytes(US_ASCII);
    private static final byte[] SEQ = ",\"seq\":".getBytes(US_ASCII);
    private static final String HANDSHAKE = """
            GET /channel HTTP/1.1\r
            Host: 127.0.0.1\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Protocol: v1.eftl.tibco.com\r
            \r
            """;

    private final boolean qos;

    /** A client that wants acknowledgements if {@code qos}. */
    EftlDialect(boolean qos) {
        this.qos = qos;
    }

    @Override
    public void join(SocketChannel channel, String name) throws IOException {
        send(channel, ByteBuffer.wrap(HANDSHAKE.getBytes(US_ASCII)));
        String answer = httpHeader(Channels.newInputStream(channel));
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + answer);
        }
        String login = "{\"op\":1,\"protocol\":1,\"client_type\":\"js\",\"client_version\":\"6.10.0\",\"client_id\":\""
                + name + "\",\"login_options\":{\"_qos\":\"" + qos + "\"}}";
        ask(channel, login, 2);
    }

    @Override
    public void subscribe(SocketChannel channel, String key) throws IOException {
        ask(channel, "{\"op\":3,\"id\":\"1\",\"matcher\":\"{\\\"k\\\":\\\"" + key + "\\\"}\",\"stopped\":false}", 4);
    }

    @Override
    public Publication publication(String key, int bytes, boolean acknowledged) {
        String body = Publication.body(key, bytes);
        String seq = acknowledged ? ",\"seq\":##########" : "";
        return frame("{\"op\":8" + seq + ",\"body\":" + body + "}");
    }

    @Override
    public void take(ByteBuffer in, Tally tally) {
        while (in.remaining() >= 2) {
            int start = in.position();
            int length = in.get(start + 1) & 0xFF;
            int head = 2;
            if (length == LONG_LENGTH) {
                if (in.remaining() < 4) {
                    return;
                }
                length = in.getShort(start + 2) & 0xFFFF;
                head = 4;
            }
            boolean tooLong = head + length > in.capacity() || (head == 2 && length > LONG_LENGTH);
            if ((in.get(start) & 0xFF) != FINAL_TEXT || tooLong) {
                throw new IllegalStateException("not a short text frame of a server");
            }
            if (in.remaining() < head + length) {
                return;
            }
            text(in, start + head, start + head + length, tally);
            in.position(start + head + length);
        }
    }

    /** The numbers of events stand at the end of their bodies: {@code ..."n":1000000000}}}. */
    private static void text(ByteBuffer in, int start, int end, Tally tally) {
        expect(in, start, OP);
        int op = in.get(start + OP.length) - '0';
        int after = start + OP.length + 1;
        if (op == 7 && in.get(after) == ',' && in.get(end - 1) == '}' && in.get(end - 2) == '}') {
            tally.delivered(Publication.number(in, end - 2 - Publication.DIGITS));
        } else if (op == 9) {
            expect(in, after, SEQ);
            if (in.get(after + SEQ.length + Publication.DIGITS) != '}') {
                throw new IllegalStateException("a publication was refused");
            }
            tally.acknowledged(Publication.number(in, after + SEQ.length));
        } else if (op != 0) {
            throw new IllegalStateException("unexpected op in " + US_ASCII.decode(in.slice(start, end - start)));
        }
    }

    private static void expect(ByteBuffer in, int at, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (in.get(at + i) != bytes[i]) {
                throw new IllegalStateException("not the text of an eFTL server");
            }
        }
    }

    private static void ask(SocketChannel channel, String text, int answer) throws IOException {
        Publication frame = frame(text);
        ByteBuffer out = ByteBuffer.allocate(frame.length());
        frame.write(out, 0);
        send(channel, out.flip());
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        String said = new String(in.readNBytes(length == LONG_LENGTH ? in.readUnsignedShort() : length), US_ASCII);
        if (!said.startsWith("{\"op\":" + answer + ",")) {
            throw new IOException("expected op " + answer + ", not " + said);
        }
    }

    /** A masked frame with the shortest header that says its length. */
    static Publication frame(String text) {
        ByteBuffer header =
                ByteBuffer.allocate(text.length() < LONG_LENGTH ? 6 : 8).put((byte) FINAL_TEXT);
        if (text.length() < LONG_LENGTH) {
            header.put((byte) (MASKED | text.length()));
        } else {
            header.put((byte) (MASKED | LONG_LENGTH)).putShort((short) text.length());
        }
        return Publication.of(header.put(MASK).array(), text, MASK);
    }

    private static String httpHeader(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the handshake ended early: " + header);
            }
            header.append((char) next);
        }
        return header.toString();
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}

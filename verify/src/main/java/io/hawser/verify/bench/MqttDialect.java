package io.hawser.verify.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** MQTT 3.1.1 with QoS 0 (OASIS mqtt-v3.1.1, sections 2 and 3), as a client. */
final class MqttDialect implements Dialect {
    private static final int CONNECT = 0x10;
    static final int PUBLISH = 0x30;
    private static final int SUBSCRIBE = 0x82;
    private static final int LONGEST_LENGTH = 4;
    private static final byte[] UNMASKED = {0, 0, 0, 0};

    @Override
    public void join(SocketChannel channel, String name) throws IOException {
        byte[] cleanSessionWithoutKeepAlive = {4, 2, 0, 0};
        ask(channel, packet(CONNECT, string("MQTT"), cleanSessionWithoutKeepAlive, string(name)), new byte[] {
            0x20, 2, 0, 0
        });
    }

    @Override
    public void subscribe(SocketChannel channel, String key) throws IOException {
        byte[] packetId = {0, 1};
        byte[] atMostOnce = {0};
        ask(channel, packet(SUBSCRIBE, packetId, string(key), atMostOnce), new byte[] {(byte) 0x90, 3, 0, 1, 0});
    }

    @Override
    public Publication publication(String key, int bytes, boolean acknowledged) {
        if (acknowledged) {
            throw new IllegalArgumentException("QoS 0 knows no acknowledgement");
        }
        String body = Publication.body(key, bytes);
        byte[] packet = packet(PUBLISH, string(key), body.getBytes(US_ASCII));
        return Publication.of(Arrays.copyOf(packet, packet.length - bytes), body, UNMASKED);
    }

    @Override
    public void take(ByteBuffer in, Tally tally) {
        while (in.remaining() >= 2) {
            int start = in.position();
            int length = 0;
            int at = start + 1;
            int digit;
            do {
                if (at == in.limit()) {
                    return;
                }
                digit = in.get(at);
                length |= (digit & 0x7F) << (7 * (at - start - 1));
                at++;
            } while (digit < 0 && at - start <= LONGEST_LENGTH);
            if (digit < 0 || at - start + length > in.capacity()) {
                throw new IllegalStateException("a packet is too long");
            }
            if (in.limit() - at < length) {
                return;
            }
            published(in, start, at, at + length, tally);
            in.position(at + length);
        }
    }

    /** The number of a message stands at the end of its body: {@code ..."n":1000000000}}. */
    private static void published(ByteBuffer in, int start, int rest, int end, Tally tally) {
        int body = rest + 2 + (in.getShort(rest) & 0xFFFF);
        if ((in.get(start) & 0xFF) != PUBLISH || end - body <= Publication.DIGITS || in.get(end - 1) != '}') {
            throw new IllegalStateException("not a message with QoS 0 of this benchmark");
        }
        tally.delivered(Publication.number(in, end - 1 - Publication.DIGITS));
    }

    private static void ask(SocketChannel channel, byte[] packet, byte[] expected) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(packet);
        while (out.hasRemaining()) {
            channel.write(out);
        }
        byte[] answer = new byte[expected.length];
        new DataInputStream(Channels.newInputStream(channel)).readFully(answer);
        if (!Arrays.equals(answer, expected)) {
            throw new IOException("refused: " + Arrays.toString(answer));
        }
    }

    static byte[] packet(int type, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(type);
        int rest = length;
        do {
            packet.write((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
            rest >>>= 7;
        } while (rest > 0);
        for (byte[] part : parts) {
            packet.writeBytes(part);
        }
        return packet.toByteArray();
    }

    static byte[] string(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }
}

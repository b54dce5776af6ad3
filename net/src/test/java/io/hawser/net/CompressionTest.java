package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are compressed (RFC 7692), byte by byte. */
@Timeout(60)
class CompressionTest {
    private static final int LIMIT = 100_000;
    private static final NetLimits LIMITS = Net.LIMITS.withMaxMessageBytes(LIMIT);

    private final Net net = new Net();
    private final Recorder server = new Recorder();
    private final Listener listener = net.serve(
            LIMITS,
            handshake -> new Handshake.Accept(
                    Optional.empty(), server, handshake.path().equals("/small")));

    @AfterEach
    void close() {
        listener.close();
        net.close();
    }

    private RawPeer peer(String path, String offer) throws IOException {
        RawPeer peer = new RawPeer(listener.address());
        peer.send(RawPeer.upgrade(path, offer.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + offer + "\r\n"));
        return peer;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permessage-deflate                                | permessage-deflate; server_no_context_takeover",
                "permessage-deflate; client_max_window_bits        | permessage-deflate; server_no_context_takeover",
                "x-foo, permessage-deflate; client_no_context_takeover | permessage-deflate; client_no_context_takeover; server_no_context_takeover",
                "permessage-deflate; server_max_window_bits=10     | ",
                "permessage-deflate; nonsense                      | ",
                "x-webkit-deflate-frame                            | ",
            })
    void whatIsOfferedIsTakenIfItCanBeKept(String offer, String answer) throws IOException {
        try (RawPeer peer = peer("/small", offer)) {
            String head = peer.head();
            if (answer == null) {
                assertThat(head).doesNotContain("Extensions");
            } else {
                assertThat(head).contains("\r\nSec-WebSocket-Extensions: " + answer + "\r\n");
            }
        }
    }

    @Test
    void nobodyElseIsAnsweredOrMayCompress() throws IOException {
        try (RawPeer peer = peer("/channel", "permessage-deflate")) {
            assertThat(peer.head()).doesNotContain("Extensions");
            peer.frame(0xC1, deflated("hello".getBytes(UTF_8)));
            assertThat(peer.restHex()).startsWith("88").contains("03ea");
        }
        assertThat(server.end()).startsWith("closed 1002 ");
    }

    @Test
    void messagesComeAndGoCompressedOrNot() throws IOException, DataFormatException {
        try (RawPeer peer = peer("/small", "permessage-deflate")) {
            peer.head();
            String text = "{\"text\":\"" + "hello ".repeat(1_000) + "\"}";
            peer.frame(0xC1, deflated(text.getBytes(UTF_8)));
            server.awaits("text of " + text.length());
            peer.frame(0x81, "plain".getBytes(UTF_8));
            server.awaits("text plain");
            byte[] cut = deflated("in two frames".getBytes(UTF_8));
            peer.frame(0x41, Arrays.copyOf(cut, 4));
            peer.frame(0x80, Arrays.copyOfRange(cut, 4, cut.length));
            server.awaits("text in two frames");
            server.onLoop(socket -> {
                socket.sendText("short".getBytes(UTF_8));
                socket.sendText(text.getBytes(UTF_8));
                socket.sendText("head ".getBytes(UTF_8), 5, text.getBytes(UTF_8));
                socket.sendText(noise(70_000));
            });
            DataInputStream in = new DataInputStream(peer.in());
            assertThat(read(in, 0x81)).asString(UTF_8).isEqualTo("short");
            byte[] small = read(in, 0xC1);
            assertThat(small.length).isLessThan(200);
            assertThat(inflated(small)).asString(UTF_8).isEqualTo(text);
            assertThat(inflated(read(in, 0xC1))).asString(UTF_8).isEqualTo("head " + text);
            assertThat(inflated(read(in, 0xC1))).isEqualTo(noise(70_000));
        }
    }

    /** A frame of a hundred bytes must not become a hundred megabytes. */
    @Test
    void whatIsTooLargeInflatedIsNeitherTakenNorKept() throws IOException {
        try (RawPeer peer = peer("/small", "permessage-deflate")) {
            peer.head();
            byte[] atTheLimit = deflated(new byte[LIMIT]);
            peer.frame(0xC1, atTheLimit);
            server.awaits("text of " + LIMIT);
            byte[] bomb = deflated(new byte[50_000_000]);
            assertThat(bomb.length).isLessThan(LIMIT);
            long before = Runtime.getRuntime().totalMemory();
            peer.frame(0xC1, bomb);
            assertThat(peer.restHex()).startsWith("88").contains("03f1");
            assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(50_000_000);
        }
        assertThat(server.end()).startsWith("closed 1009 ");
    }

    @Test
    void oneByteBeyondTheLimitIsTooMuchAndSoAreManySmallBombs() throws IOException {
        try (RawPeer peer = peer("/small", "permessage-deflate")) {
            peer.head();
            peer.frame(0xC1, deflated(new byte[LIMIT + 1]));
            assertThat(peer.restHex()).startsWith("88").contains("03f1");
        }
        assertThat(server.end()).startsWith("closed 1009 ");
    }

    @Test
    void whatIsNotDeflatedIsRefused() throws IOException {
        try (RawPeer peer = peer("/small", "permessage-deflate")) {
            peer.head();
            peer.frame(0xC1, new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2, 3});
            assertThat(peer.restHex()).startsWith("88").contains("03ef");
        }
        assertThat(server.end()).startsWith("closed 1007 ");
    }

    private static byte[] noise(int length) {
        Random random = new Random(1);
        byte[] noise = new byte[length];
        for (int i = 0; i < length; i++) {
            noise[i] = (byte) (' ' + random.nextInt(90));
        }
        return noise;
    }

    private static byte[] deflated(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(message);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        int taken;
        do {
            taken = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.write(buffer, 0, taken);
        } while (taken == buffer.length);
        deflater.end();
        return Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }

    private static byte[] inflated(byte[] compressed) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        byte[] whole = Arrays.copyOf(compressed, compressed.length + 4);
        whole[whole.length - 2] = (byte) 0xFF;
        whole[whole.length - 1] = (byte) 0xFF;
        inflater.setInput(whole);
        byte[] out = new byte[2 * LIMIT];
        int length = inflater.inflate(out);
        inflater.end();
        return Arrays.copyOf(out, length);
    }

    private static byte[] read(DataInputStream in, int first) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(first);
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        return in.readNBytes(length);
    }
}

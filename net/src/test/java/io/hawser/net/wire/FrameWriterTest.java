package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {
    private static final int LARGEST = 1 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Batch batch = new Batch(channel, new SharedBodies(channel.eventLoop()));
    private final FrameWriter server = FrameWriter.server(batch);
    private final FrameWriter client = FrameWriter.client(batch, new Random(7)::nextInt);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8100",
        "125, 817d",
        "126, 817e007e",
        "65535, 817effff",
        "65536, 817f0000000000010000",
    })
    void writesTheShortestHeaderOnAServer(int length, String header) {
        server.text(new byte[length]);

        ByteBuf sent = sent();
        assertThat(ByteBufUtil.hexDump(sent, 0, header.length() / 2)).isEqualTo(header);
        assertThat(sent.readableBytes()).isEqualTo(header.length() / 2 + length);
        sent.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 2047, 2048, 65535, 65536, 200_000})
    void clientFramesAreMaskedAndUnmaskToTheMessage(int length) {
        byte[] message = bytes(length);
        client.text(message);

        assertThat(decoded(sent(), true)).isEqualTo(message);
    }

    @Test
    void joinsPartOfTheHeadAndTheBody() {
        server.text("abcdef".getBytes(UTF_8), 3, "XYZ".getBytes(UTF_8));
        assertThat(decoded(sent(), false)).isEqualTo("abcXYZ".getBytes(UTF_8));

        client.text("abcdef".getBytes(UTF_8), 3, "XYZ".getBytes(UTF_8));
        assertThat(decoded(sent(), true)).isEqualTo("abcXYZ".getBytes(UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"2047, false, 1", "2048, false, 2", "2047, true, 1", "2048, true, 1"})
    void sharesBodiesFromTwoKiBOnAndOnlyUnmasked(int length, boolean masks, int pieces) {
        (masks ? client : server).text(new byte[0], 0, new byte[length]);
        batch.run();

        assertThat(channel.outboundMessages().stream().filter(sent -> ((ByteBuf) sent).isReadable()))
                .hasSize(pieces);
    }

    @Test
    void cutsTheReasonOfACloseAtAWholeCharacter() {
        server.close(1000, "a".repeat(122) + "\u00e9 and more");

        try (Frame close = frame(sent(), false)) {
            assertThat(((CloseWebSocketFrame) close.frame()).reasonText()).isEqualTo("a".repeat(122));
        }
    }

    @Test
    void closesWithoutACodeWhenTheCodeMeansNone() {
        server.close(1005, "not sent");

        ByteBuf sent = sent();
        assertThat(ByteBufUtil.getBytes(sent)).isEqualTo(HexFormat.of().parseHex("8800"));
        sent.release();
    }

    private ByteBuf sent() {
        batch.run();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        return all;
    }

    private static byte[] decoded(ByteBuf bytes, boolean masked) {
        try (Frame frame = frame(bytes, masked)) {
            return ByteBufUtil.getBytes(frame.frame().content());
        }
    }

    private static Frame frame(ByteBuf bytes, boolean masked) {
        EmbeddedChannel reader = new EmbeddedChannel(new WebSocket13FrameDecoder(masked, false, LARGEST));
        reader.writeInbound(bytes);
        WebSocketFrame frame = reader.readInbound();
        reader.finishAndReleaseAll();
        return new Frame(frame);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private record Frame(WebSocketFrame frame) implements AutoCloseable {
        @Override
        public void close() {
            frame.release();
        }
    }
}

package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LengthSplitterTest {
    /** The content's length is the header's second character; a third one ends it all. */
    private static final String STREAM = "\0\2a3one\0\2b0\0\2c5three\0\3d9!x";

    private static final List<String> TOLD = List.of("<a3>", "one.", "<b0>", ".", "<c5>", "three.", "<d9!>");

    @Test
    void tellsTheSameFramesWhereverTheStreamIsCut() {
        for (int first = 0; first <= STREAM.length(); first++) {
            for (int second = first; second <= STREAM.length(); second++) {
                Told told = new Told();
                LengthSplitter splitter = new LengthSplitter();
                feed(splitter, told, STREAM.substring(0, first));
                feed(splitter, told, STREAM.substring(first, second));
                feed(splitter, told, STREAM.substring(second));

                assertThat(told.frames()).as("cut at %d and %d", first, second).isEqualTo(TOLD);
            }
        }
    }

    @Test
    void tellsPiecesAsTheyCome() {
        Told told = new Told();
        LengthSplitter splitter = new LengthSplitter();
        for (int i = 0; i < STREAM.length(); i++) {
            feed(splitter, told, STREAM.substring(i, i + 1));
        }

        assertThat(told.told).startsWith("<a3>", "o", "n", "e.", "<b0>", ".", "<c5>", "t");
    }

    @Test
    void aHeaderCanBeEmptyOrAsLongAsTwoBytesCanSay() {
        Told told = new Told() {
            @Override
            public long header(byte[] header) {
                this.told.add(String.valueOf(header.length));
                return 0;
            }
        };
        feed(new LengthSplitter(), told, "\0\0\u00ff\u00ff" + "x".repeat(65_535));

        assertThat(told.told).containsExactly("0", ".", "65535", ".");
    }

    private static void feed(LengthSplitter splitter, Told told, String bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes.getBytes(ISO_8859_1));
        while (in.isReadable()) {
            splitter.next(in, told);
        }
    }

    private static class Told implements LengthSplitter.Frames {
        final List<String> told = new ArrayList<>();

        @Override
        public long header(byte[] header) {
            String text = new String(header, ISO_8859_1);
            told.add('<' + text + '>');
            return text.length() > 2 ? -1 : text.charAt(1) - '0';
        }

        @Override
        public void content(byte[] piece, boolean last) {
            told.add(new String(piece, ISO_8859_1) + (last ? "." : ""));
        }

        /** With the pieces of each content put together. */
        List<String> frames() {
            return List.of(String.join("|", told)
                    .replaceAll("(?<=[^.>])\\|(?=[^<])", "")
                    .split("\\|", -1));
        }
    }
}

package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
    private static final String STREAM = "one\r\n\ntwo\nexactly10!\neleven bytes\nlast\nunfinished";
    private static final List<String> TOLD = List.of("one\r", "", "two", "exactly10!", "too long 10", "last");

    @Test
    void tellsTheSameLinesWhereverTheStreamIsCut() {
        for (int cut = 0; cut <= STREAM.length(); cut++) {
            Told told = new Told();
            LineSplitter splitter = new LineSplitter(10);
            feed(splitter, told, STREAM.substring(0, cut));
            feed(splitter, told, STREAM.substring(cut));

            assertThat(told.lines).as("cut at %d", cut).isEqualTo(TOLD);
        }
    }

    @Test
    void tellsTheSameLinesByteByByte() {
        Told told = new Told();
        LineSplitter splitter = new LineSplitter(10);
        for (int i = 0; i < STREAM.length(); i++) {
            feed(splitter, told, STREAM.substring(i, i + 1));
        }

        assertThat(told.lines).isEqualTo(TOLD);
    }

    @Test
    void tellsALongLineOnceHoweverLongItIs() {
        Told told = new Told();
        LineSplitter splitter = new LineSplitter(10);
        for (int i = 0; i < 100; i++) {
            feed(splitter, told, "x".repeat(50));
        }
        feed(splitter, told, "\nheard\n");

        assertThat(told.lines).containsExactly("too long 10", "heard");
    }

    private static void feed(LineSplitter splitter, Told told, String text) {
        ByteBuf in = Unpooled.copiedBuffer(text, UTF_8);
        while (in.isReadable()) {
            splitter.next(in, told);
        }
        in.release();
    }

    private static final class Told implements LineSplitter.Lines {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void line(byte[] line) {
            lines.add(new String(line, UTF_8));
        }

        @Override
        public void tooLong(int limit) {
            lines.add("too long " + limit);
        }
    }
}

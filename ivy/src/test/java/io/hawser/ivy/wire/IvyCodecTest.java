package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hawser.ivy.Transcript;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IvyCodecTest {
    private static final IvyLimits LIMITS = IvyLimits.DEFAULT;
    private static final IvyCodec CODEC = new IvyCodec(LIMITS);

    static Stream<Arguments> canonical() {
        return Stream.of(
                arguments("6 59495\2pyagent", new IvyFrame.PeerId(59_495, "pyagent")),
                arguments("6 1\2a b", new IvyFrame.PeerId(1, "a b")),
                arguments("1 0\2^pub (\\S+) (.*)$", new IvyFrame.Subscribe(0, "^pub (\\S+) (.*)$")),
                arguments("1 17\2", new IvyFrame.Subscribe(17, "")),
                arguments("5 0\2", new IvyFrame.EndOfSubscriptions()),
                arguments("2 0\2topicA\3some text here\3", text(0, "topicA", "some text here")),
                arguments("2 1\2", text(1)),
                arguments("2 1\2\3d\3", text(1, "", "d")),
                arguments("2 1\2\3\3", text(1, "", "")),
                arguments("2 1\2caf\u00e9 \u20ac\3", text(1, "caf\u00e9 \u20ac")),
                arguments("2 0\2b\2c\3", text(0, "b\2c")),
                arguments("7 765\2glop", new IvyFrame.Direct(765, "glop")),
                arguments("7 1\2a\3b", new IvyFrame.Direct(1, "a\3b")),
                arguments("3 7\2some error", new IvyFrame.Problem(7, "some error")),
                arguments("4 2\2", new IvyFrame.Unsubscribe(2)),
                arguments("0 0\2", new IvyFrame.Bye("")),
                arguments("0 0\2hasta la vista", new IvyFrame.Bye("hasta la vista")),
                arguments("9 77\2", new IvyFrame.Ping(77)),
                arguments("10 77\2", new IvyFrame.Pong(77)),
                arguments("8 0\2", new IvyFrame.Die(0, "")),
                arguments("8 0\2leave the bus", new IvyFrame.Die(0, "leave the bus")));
    }

    @ParameterizedTest
    @MethodSource("canonical")
    void readsAndWritesTheFormOfTheOriginals(String line, IvyFrame frame) throws ProtocolException {
        assertThat(CODEC.read(line.getBytes(UTF_8))).isEqualTo(frame);
        assertThat(CODEC.write(frame)).isEqualTo((line + "\n").getBytes(UTF_8));
    }

    static Stream<Arguments> tolerated() {
        return Stream.of(
                arguments("2  0\2a\3", text(0, "a")),
                arguments(" 2 0 \2a\3", text(0, "a")),
                arguments("2 0\2a", text(0, "a")),
                arguments("2 0\2a\3b", text(0, "a", "b")),
                arguments("2 -5\2", text(-5)),
                arguments("+2 +5\2", text(5)),
                arguments("02 007\2", text(7)),
                arguments("2 0\2a\3\r", text(0, "a")),
                arguments("2 0\2\r", text(0)),
                arguments("2 0\2\r\3", text(0, "\r")),
                arguments("5 0\2\r", new IvyFrame.EndOfSubscriptions()),
                arguments("5 9\2anything", new IvyFrame.EndOfSubscriptions()),
                arguments("4 2\2anything", new IvyFrame.Unsubscribe(2)),
                arguments("0 3\2", new IvyFrame.Bye("")),
                arguments("9 -2147483648\2", new IvyFrame.Ping(Integer.MIN_VALUE)),
                arguments("9 2147483647\2", new IvyFrame.Ping(Integer.MAX_VALUE)),
                arguments("7 1\2\2\2", new IvyFrame.Direct(1, "\2\2")),
                arguments("6 0\2", new IvyFrame.PeerId(0, "")));
    }

    @ParameterizedTest
    @MethodSource("tolerated")
    void readsWhatTheMostTolerantOriginalReads(String line, IvyFrame frame) throws ProtocolException {
        assertThat(CODEC.read(line.getBytes(UTF_8))).isEqualTo(frame);
    }

    @Test
    void replacesBytesThatAreNotUtf8() throws ProtocolException {
        byte[] line = {'7', ' ', '1', 2, 'a', (byte) 0xff, 'b', (byte) 0xc3};
        assertThat(CODEC.read(line)).isEqualTo(new IvyFrame.Direct(1, "a\ufffdb\ufffd"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\r",
                "\2",
                "\3",
                "garbage",
                "2",
                "2 ",
                "2 0",
                "2 0 ",
                "2\2",
                "2 \2",
                "2\2a\3",
                " \2",
                "\0020",
                "a 0\2",
                "2 a\2",
                "2 0a\2",
                "2a 0\2",
                "2 0 0\2",
                "2,0\2",
                "2\t0\2",
                "2 0\t\2",
                "2-1\2",
                "2 --1\2",
                "2 +-1\2",
                "2 -\2",
                "- 0\2",
                "2 1.0\2",
                "2 0x1\2",
                "2 \u0661\2",
                "2 2147483648\2",
                "2 -2147483649\2",
                "2 99999999999999999999999999\2",
                "99999999999999999999 0\2",
                "2 0\3a\2",
                "{\"a\":1}",
                "GET / HTTP/1.1",
                "6 65536\2x",
                "6 -1\2x",
                "\0\0\0\0",
                "3 38645 id name"
            })
    void refusesWhatIsNoFrame(String line) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.read(line.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.BAD_FORMAT))
                .satisfies(e -> assertThat(e.fatal()).isFalse())
                .satisfies(e -> assertThat(e.reason()).isNotBlank().doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42 0\2", "11 0\2", "-1 0\2", "2147483647 0\2x\3"})
    void refusesATypeThatDoesNotExist(String line) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.read(line.getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.UNKNOWN_TYPE))
                .satisfies(e -> assertThat(e.fatal()).isFalse());
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                arguments("2 0\2" + "a\3".repeat(LIMITS.maxCaptures()), "a\3"),
                arguments("2 0\2" + "a\3".repeat(LIMITS.maxCaptures() - 1), "a\3a"),
                arguments("1 0\2" + "a".repeat(LIMITS.maxRegexpChars()), "a"),
                arguments("6 1\2" + "a".repeat(LIMITS.maxNameBytes()), "a"),
                arguments("7 1\2" + "a".repeat(LIMITS.maxLineBytes() - 4), "a"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void readsUpToEachLimitAndNotBeyond(String line, String more) throws ProtocolException {
        assertThat(CODEC.read(line.getBytes(UTF_8))).isNotNull();
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.read((line + more).getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.OVER_LIMIT));
    }

    static Stream<IvyFrame> unsendable() {
        return Stream.of(
                new IvyFrame.Direct(0, "hello a\n8 0\2"),
                new IvyFrame.Direct(0, "a\0b"),
                new IvyFrame.Subscribe(0, "a\nb"),
                new IvyFrame.PeerId(0, "a\nb"),
                new IvyFrame.Problem(0, "a\nb"),
                new IvyFrame.Bye("a\nb"),
                new IvyFrame.Die(0, "a\0"),
                text(0, "fine", "a\nb"),
                text(0, "a\3b", "fine"),
                text(0, "a\0b"));
    }

    @ParameterizedTest
    @MethodSource("unsendable")
    void neverLetsAFrameOutThatWouldForgeAnother(IvyFrame frame) {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.write(frame))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.UNSENDABLE));
    }

    @Test
    void writesUpToTheLineLimitAndNotBeyond() throws ProtocolException {
        String fits = "\u20ac".repeat((LIMITS.maxLineBytes() - 4) / 3);
        assertThat(CODEC.write(new IvyFrame.Direct(1, fits))).hasSizeLessThanOrEqualTo(LIMITS.maxLineBytes() + 1);
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> CODEC.write(new IvyFrame.Direct(1, fits + "\u20ac")))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ProtocolException.OVER_LIMIT));
    }

    @Test
    void givesBackEveryFrameThatItWrote() throws ProtocolException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            IvyFrame frame = IvyFrames.random(random);
            byte[] line = CODEC.write(frame);
            assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
            assertThat(CODEC.read(withoutLf(line)))
                    .as("seed %d, frame %d", seed, i)
                    .isEqualTo(frame);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s1-c-python.txt", "s2-java-c-python.txt", "s3-ours-c-python-java.txt"})
    void readsAndRewritesTheSessionsOfTheOriginalsByteByByte(String name) throws IOException, ProtocolException {
        Transcript session = Transcript.read(name);
        assertThat(session.streams()).hasSizeGreaterThanOrEqualTo(2);
        for (byte[] stream : session.streams().values()) {
            for (byte[] line : Transcript.lines(stream)) {
                assertThat(withoutLf(CODEC.write(CODEC.read(line)))).isEqualTo(line);
            }
        }
        for (byte[] datagram : session.datagrams()) {
            List<IvyHello> hellos = IvyHello.read(datagram, LIMITS);
            assertThat(hellos).hasSize(1);
            assertThat(hellos.get(0).write()).isEqualTo(datagram);
        }
    }

    @Test
    void writesATextWithoutAFrameTheSameWay() throws ProtocolException {
        List<String> captures = Collections.nCopies(3, "x");
        assertThat(CODEC.text(4, captures)).isEqualTo(CODEC.write(new IvyFrame.Text(4, captures)));
    }

    private static IvyFrame text(int subscription, String... captures) {
        return new IvyFrame.Text(subscription, List.of(captures));
    }

    private static byte[] withoutLf(byte[] line) {
        return Arrays.copyOf(line, line.length - 1);
    }
}

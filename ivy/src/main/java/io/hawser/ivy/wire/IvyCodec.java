package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Translates between lines and {@link IvyFrame}s ({@code specs/ivy.md} 1.3 and 8). Reading is as tolerant as the most
 * tolerant original; writing gives the one form that all of them take. Stateless: any thread may use it.
 *
 * <pre>
 * type SP number STX params LF      params of a text: ( capture ETX )*, else raw UTF-8
 * </pre>
 */
public final class IvyCodec {
    static final char STX = 2;
    static final char ETX = 3;

    private final IvyLimits limits;

    /** A codec that refuses what is beyond {@code limits}. */
    public IvyCodec(IvyLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads one line, given without its LF. Spaces around the numbers, signs and a missing last ETX are accepted; bytes that
     * are not UTF-8 become U+FFFD.
     *
     * @throws ProtocolException if it is no frame, never a fatal one
     */
    public IvyFrame read(byte[] line) throws ProtocolException {
        if (line.length > limits.maxLineBytes()) {
            throw overLimit("a line has " + line.length + " bytes", limits.maxLineBytes());
        }
        LineReader in = new LineReader(line);
        int type = in.number();
        int number = in.number();
        in.stx();
        return switch (type) {
            case 0 -> new IvyFrame.Bye(in.rest());
            case 1 -> new IvyFrame.Subscribe(number, regexp(in));
            case 2 -> new IvyFrame.Text(number, in.captures(limits.maxCaptures()));
            case 3 -> new IvyFrame.Problem(number, in.rest());
            case 4 -> new IvyFrame.Unsubscribe(number);
            case 5 -> new IvyFrame.EndOfSubscriptions();
            case 6 -> new IvyFrame.PeerId(port(number), name(in));
            case 7 -> new IvyFrame.Direct(number, in.rest());
            case 8 -> new IvyFrame.Die(number, in.rest());
            case 9 -> new IvyFrame.Ping(number);
            case 10 -> new IvyFrame.Pong(number);
            default ->
                throw ProtocolException.of(
                        ProtocolException.UNKNOWN_TYPE, "type " + type + " is unknown, expected 0 to 10");
        };
    }

    /**
     * Writes {@code frame} as one line with its LF.
     *
     * @throws ProtocolException if it holds LF or NUL, or ETX in a capture, or is too long: such a frame never leaves
     */
    public byte[] write(IvyFrame frame) throws ProtocolException {
        LineWriter out = new LineWriter();
        frame.to(out);
        return out.bytes(limits.maxLineBytes());
    }

    /**
     * Writes an {@link IvyFrame.Text} without making one: {@code count} captures, asked for by position.
     *
     * @throws ProtocolException as {@link #write}
     */
    public byte[] text(int subscription, int count, IntFunction<String> captures) throws ProtocolException {
        LineWriter out = new LineWriter();
        out.text(subscription, count, captures);
        return out.bytes(limits.maxLineBytes());
    }

    /** As {@link #text(int, int, IntFunction)}. */
    public byte[] text(int subscription, List<String> captures) throws ProtocolException {
        return text(subscription, captures.size(), captures::get);
    }

    static ProtocolException overLimit(String what, int limit) {
        return ProtocolException.of(ProtocolException.OVER_LIMIT, what + ", the limit is " + limit);
    }

    private String regexp(LineReader in) throws ProtocolException {
        String regexp = in.rest();
        if (regexp.length() > limits.maxRegexpChars()) {
            throw overLimit("a regexp has " + regexp.length() + " characters", limits.maxRegexpChars());
        }
        return regexp;
    }

    private String name(LineReader in) throws ProtocolException {
        String name = in.rest();
        if (name.getBytes(UTF_8).length > limits.maxNameBytes()) {
            throw overLimit("a name has more bytes than allowed", limits.maxNameBytes());
        }
        return name;
    }

    private static int port(int number) throws ProtocolException {
        if (number < 0 || number > 65_535) {
            throw ProtocolException.of(ProtocolException.BAD_FORMAT, "port " + number + " does not exist");
        }
        return number;
    }
}

package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes one frame as a line: {@code type SP number STX params LF}. Used once, by one thread.
 *
 * <p>A byte that would end the line, the capture or a C string inside what we send forges frames on the other side
 * ({@code specs/ivy.md} D-23), so such a frame is refused as a whole.
 */
final class LineWriter implements IvyFrame.Handler {
    private final StringBuilder line = new StringBuilder(128);
    private @Nullable String refusal;

    byte[] bytes(int maxLineBytes) throws ProtocolException {
        if (refusal != null) {
            throw ProtocolException.of(ProtocolException.UNSENDABLE, refusal);
        }
        byte[] bytes = line.append('\n').toString().getBytes(UTF_8);
        if (bytes.length - 1 > maxLineBytes) {
            throw ProtocolException.of(
                    ProtocolException.OVER_LIMIT,
                    "a line of " + (bytes.length - 1) + " bytes is longer than " + maxLineBytes);
        }
        return bytes;
    }

    void text(int subscription, int count, IntFunction<String> captures) {
        head(2, subscription);
        for (int i = 0; i < count; i++) {
            String capture = captures.apply(i);
            if (capture.indexOf(IvyCodec.ETX) >= 0) {
                refusal = "a capture must not hold ETX";
            }
            refuseLineBreakers(capture);
            line.append(capture).append(IvyCodec.ETX);
        }
    }

    @Override
    public void bye(IvyFrame.Bye frame) {
        line(0, 0, frame.reason());
    }

    @Override
    public void subscribe(IvyFrame.Subscribe frame) {
        line(1, frame.id(), frame.regexp());
    }

    @Override
    public void text(IvyFrame.Text frame) {
        text(frame.subscription(), frame.captures().size(), frame.captures()::get);
    }

    @Override
    public void problem(IvyFrame.Problem frame) {
        line(3, frame.code(), frame.reason());
    }

    @Override
    public void unsubscribe(IvyFrame.Unsubscribe frame) {
        line(4, frame.id(), "");
    }

    @Override
    public void endOfSubscriptions(IvyFrame.EndOfSubscriptions frame) {
        line(5, 0, "");
    }

    @Override
    public void peerId(IvyFrame.PeerId frame) {
        line(6, frame.port(), frame.name());
    }

    @Override
    public void direct(IvyFrame.Direct frame) {
        line(7, frame.number(), frame.text());
    }

    @Override
    public void die(IvyFrame.Die frame) {
        line(8, frame.number(), frame.reason());
    }

    @Override
    public void ping(IvyFrame.Ping frame) {
        line(9, frame.id(), "");
    }

    @Override
    public void pong(IvyFrame.Pong frame) {
        line(10, frame.id(), "");
    }

    private void line(int type, int number, String params) {
        head(type, number);
        refuseLineBreakers(params);
        line.append(params);
    }

    private void head(int type, int number) {
        line.append(type).append(' ').append(number).append(IvyCodec.STX);
    }

    private void refuseLineBreakers(String params) {
        if (params.indexOf('\n') >= 0 || params.indexOf('\0') >= 0) {
            refusal = "a text must not hold LF or NUL";
        }
    }
}

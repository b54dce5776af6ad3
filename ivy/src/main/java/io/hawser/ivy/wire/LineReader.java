package io.hawser.ivy.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Walks over one line from left to right. Used once, by one thread. */
final class LineReader {
    private final byte[] line;
    private int at;

    LineReader(byte[] line) {
        this.line = line;
    }

    /** The next number: spaces, an optional sign, digits, and then a space or STX. */
    int number() throws ProtocolException {
        skipSpaces();
        boolean negative = at < line.length && line[at] == '-';
        if (negative || (at < line.length && line[at] == '+')) {
            at++;
        }
        int first = at;
        long value = 0;
        while (at < line.length && line[at] >= '0' && line[at] <= '9') {
            value = value * 10 + line[at++] - '0';
            if (value > 1L + Integer.MAX_VALUE) {
                throw badFormat();
            }
        }
        value = negative ? -value : value;
        boolean ended = at < line.length && (line[at] == ' ' || line[at] == IvyCodec.STX);
        if (at == first || !ended || value > Integer.MAX_VALUE) {
            throw badFormat();
        }
        return (int) value;
    }

    /** The STX behind the numbers. */
    void stx() throws ProtocolException {
        skipSpaces();
        if (at >= line.length || line[at] != IvyCodec.STX) {
            throw badFormat();
        }
        at++;
    }

    /** Everything that is left. */
    String rest() {
        return new String(line, at, line.length - at, UTF_8);
    }

    /**
     * What is left as captures, each ended by ETX; the last one may lack it. A lone CR behind the last ETX belongs to a CRLF
     * and is no capture.
     */
    List<String> captures(int maxCaptures) throws ProtocolException {
        int ended = 0;
        int last = at;
        for (int i = at; i < line.length; i++) {
            if (line[i] == IvyCodec.ETX) {
                ended++;
                last = i + 1;
            }
        }
        int left = line.length - last;
        boolean open = left > 1 || (left == 1 && line[last] != '\r');
        int count = open ? ended + 1 : ended;
        if (count > maxCaptures) {
            throw IvyCodec.overLimit("a text has " + count + " captures", maxCaptures);
        }
        String[] captures = new String[count];
        for (int i = 0; i < count; i++) {
            int end = at;
            while (end < line.length && line[end] != IvyCodec.ETX) {
                end++;
            }
            captures[i] = new String(line, at, end - at, UTF_8);
            at = end + 1;
        }
        return List.of(captures);
    }

    private void skipSpaces() {
        while (at < line.length && line[at] == ' ') {
            at++;
        }
    }

    private static ProtocolException badFormat() {
        return ProtocolException.of(ProtocolException.BAD_FORMAT, "bad format, expected 'type number STX ...'");
    }
}

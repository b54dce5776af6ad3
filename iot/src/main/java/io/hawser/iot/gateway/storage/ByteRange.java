package io.hawser.iot.gateway.storage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file somebody wants (RFC 9110 14). Pure.
 *
 * @param from the first one
 * @param end behind the last one
 * @param partial whether they were asked for, rather than the whole
 */
record ByteRange(long from, long end, boolean partial) {
    private static final Pattern ONE = Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*");

    /**
     * What {@code header} asks of a file of {@code size} bytes: all of it if it asks for several parts, or in words that nobody
     * understands; empty if nothing of what it asks for is there.
     */
    static Optional<ByteRange> of(Optional<String> header, long size) {
        Matcher said = ONE.matcher(header.orElse(""));
        if (!said.matches() || (said.group(1).isEmpty() && said.group(2).isEmpty())) {
            return Optional.of(new ByteRange(0, size, false));
        }
        if (said.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(said.group(2)));
            return there(size - last, size);
        }
        long from = Long.parseLong(said.group(1));
        long to = said.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(said.group(2));
        return to < from ? Optional.of(new ByteRange(0, size, false)) : there(from, Math.min(size, to + 1));
    }

    private static Optional<ByteRange> there(long from, long end) {
        return from < end ? Optional.of(new ByteRange(from, end, true)) : Optional.empty();
    }

    long length() {
        return end - from;
    }
}

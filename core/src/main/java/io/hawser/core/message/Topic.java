package io.hawser.core.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What a message is about: segments split by {@code /}. Holds no wildcard and no control character, so that every topic
 * can be written in a pattern.
 *
 * @param text the whole topic
 */
public record Topic(String text) {
    /** The longest topic, in characters. */
    public static final int MAX_LENGTH = 1024;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * A topic.
     *
     * @throws IllegalArgumentException with a text for the user if {@code text} is no topic
     */
    public Topic {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a topic must not be empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a topic of " + text.length() + " characters is too long; the limit is " + MAX_LENGTH);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '>' || Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        "a topic must not hold '*', '>' or control characters: '" + printable(text) + "'");
            }
        }
    }

    /** The topic made of {@code first} and {@code more}, each one segment as {@link #segment} makes it. */
    public static Topic of(String first, String... more) {
        StringBuilder topic = new StringBuilder(segment(first));
        for (String next : more) {
            topic.append('/').append(segment(next));
        }
        return new Topic(topic.toString());
    }

    /**
     * One segment from a foreign name: {@code / * > %} and control characters are percent-encoded as UTF-8, an empty name
     * becomes a lone {@code %}.
     */
    public static String segment(String name) {
        if (name.isEmpty()) {
            return "%";
        }
        StringBuilder segment = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '/' || c == '*' || c == '>' || c == '%' || Character.isISOControl(c)) {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    HEX.formatHex(segment.append('%'), new byte[] {b});
                }
            } else {
                segment.append(c);
            }
        }
        return segment.toString();
    }

    /** The name that {@link #segment} made {@code segment} of; what it cannot have made is taken as it stands. */
    public static String name(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        byte[] bytes = segment.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            boolean coded = bytes[i] == '%'
                    && i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2]);
            if (coded) {
                name.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else if (bytes.length > 1) {
                name.write(bytes[i]);
            }
        }
        return name.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String printable(String text) {
        String shown = text.replaceAll("\\p{Cc}", "?");
        return shown.length() <= 80 ? shown : shown.substring(0, 80) + "...";
    }
}

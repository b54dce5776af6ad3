package io.hawser.core.store.object;

import java.nio.charset.StandardCharsets;

/**
 * What an object is called, unique in a store. A text for people and protocols: no engine makes a path of it.
 *
 * @param owner whose name space: one segment, such as a device, a peer or a user
 * @param name segments split by {@code /}, as the owner gave them
 */
public record ObjectName(String owner, String name) {
    /** The longest segment, in bytes of UTF-8. */
    public static final int MAX_SEGMENT = 240;

    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_NAME = 1024;

    /**
     * A name.
     *
     * @throws IllegalArgumentException with a text for the user if it is none
     */
    public ObjectName {
        if (owner.indexOf('/') >= 0) {
            throw wrong("the owner of an object must be one segment, without '/'", owner);
        }
        checkSegment("the owner of an object", owner);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME) {
            throw wrong("an object's name of " + bytes + " bytes is too long, the limit is " + MAX_NAME, name);
        }
        for (String segment : name.split("/", -1)) {
            checkSegment("a segment of an object's name", segment);
        }
    }

    private static void checkSegment(String what, String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw wrong(what + " must not be '.' or '..'", segment);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(segment)
                || segment.codePoints().anyMatch(ObjectName::isControl)) {
            throw wrong(what + " must not hold control characters, line separators or halves of characters", segment);
        }
        int bytes = segment.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_SEGMENT) {
            throw wrong(what + " of " + bytes + " bytes is too long, the limit is " + MAX_SEGMENT, segment);
        }
    }

    static boolean isControl(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.LINE_SEPARATOR
                || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
    }

    private static IllegalArgumentException wrong(String why, String text) {
        String shown = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
        return new IllegalArgumentException(
                why + ": '" + (shown.length() <= 80 ? shown : shown.substring(0, 80) + "...") + "'");
    }

    @Override
    public String toString() {
        return owner + '/' + name;
    }
}

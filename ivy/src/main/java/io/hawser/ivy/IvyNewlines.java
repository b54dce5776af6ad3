package io.hawser.ivy;

import java.util.List;

/** What becomes of line feeds, which Ivy cannot carry in a text ({@code specs/ivy.md} 1.6). */
public enum IvyNewlines {
    /** A text that holds one is refused with an IllegalArgumentException; what comes in stays as it is. */
    REFUSE {
        @Override
        String outgoing(String text) {
            if (text.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("an Ivy text must not hold LF");
            }
            return withoutNul(text);
        }

        @Override
        List<String> incoming(List<String> captures) {
            return captures;
        }
    },

    /**
     * They travel as the byte 0x1A, in both directions and in texts only, before the regexps are tried: ivy-java's
     * {@code protectNewlines}. Agents of other libraries see 0x1A.
     */
    ESCAPE {
        @Override
        String outgoing(String text) {
            return withoutNul(text.replace('\n', SUBSTITUTE));
        }

        @Override
        List<String> incoming(List<String> captures) {
            return captures.stream()
                    .map(capture -> capture.replace(SUBSTITUTE, '\n'))
                    .toList();
        }
    };

    private static final char SUBSTITUTE = 0x1A;

    /**
     * {@code text} as it can go out.
     *
     * @throws IllegalArgumentException if it cannot
     */
    abstract String outgoing(String text);

    /** What a text captured, as its sender meant it. */
    abstract List<String> incoming(List<String> captures);

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an Ivy text must not hold NUL");
        }
        return text;
    }
}

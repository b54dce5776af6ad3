package io.hawser.core.match;

import java.util.Arrays;
import java.util.Optional;

/**
 * Writes one pattern for java.util.regex and, as long as it can say the same, for RE2/J. Its owner is the {@link
 * RegexpReader} that made it.
 */
final class RegexpText {
    private static final String SAME_SHORTHANDS = "dDwW";
    /** RE2/J multiplies repeats out, so the pattern's length times its repeats is at most this. */
    private static final long MAX_RE2_SIZE = 5_000;

    private final String source;
    private final StringBuilder java = new StringBuilder();
    private final StringBuilder re2 = new StringBuilder();
    /** Where in the source the n-th char written for java comes from. */
    private int[] origins = new int[64];

    private boolean same = true;
    private long repeats = 1;
    private int origin;

    RegexpText(String source) {
        this.source = source;
    }

    /** The pattern for java.util.regex. */
    String java() {
        return java.toString();
    }

    /** The pattern for RE2/J, if it can say the same. */
    Optional<String> re2() {
        return same ? Optional.of(re2.toString()) : Optional.empty();
    }

    /** Where in the source the char {@code at} of the java text comes from. */
    int origin(int at, int length) {
        return at < 0 ? 0 : at >= java.length() ? length : origins[at];
    }

    /** What is written from here on comes from {@code at}. */
    void origin(int at) {
        origin = at;
    }

    /** RE2/J cannot say this, or says it differently. */
    void onlyJava() {
        same = false;
    }

    /** Something stands {@code times} times. */
    void repeat(long times) {
        repeats *= Math.max(1, Math.min(times, MAX_RE2_SIZE));
        same &= repeats * source.length() <= MAX_RE2_SIZE;
        repeats = Math.min(repeats, MAX_RE2_SIZE);
    }

    /** Writes {@code both} for both engines. */
    void add(String both) {
        add(both, both);
    }

    /** Writes what means the same to each engine. */
    void add(String forJava, String forRe2) {
        for (int i = 0; i < forJava.length(); i++) {
            if (java.length() == origins.length) {
                origins = Arrays.copyOf(origins, origins.length * 2);
            }
            origins[java.length()] = origin;
            java.append(forJava.charAt(i));
        }
        re2.append(forRe2);
    }

    /** Writes a char that stands for itself. */
    void literal(int codePoint) {
        boolean special = codePoint < 0x80 && !Character.isLetterOrDigit(codePoint);
        same &= codePoint != 0 && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
        add((special ? "\\" : "") + Character.toString(codePoint));
    }

    /** Writes one of {@code \d \D \w \W \s \S}; white space of RE2/J lacks the vertical tab. */
    void shorthand(char letter) {
        add("\\" + letter, letter == 's' ? "[\\t-\\r ]" : letter == 'S' ? "[^\\t-\\r ]" : "\\" + letter);
    }

    /** Writes the class that opens at {@code start}, and says where it ends. */
    int charClass(int start) {
        int at = start + 1;
        add("[");
        if (source.startsWith("^", at)) {
            add("^");
            at++;
        }
        if (source.startsWith("]", at)) {
            add("\\]");
            at++;
        }
        while (at < source.length() && source.charAt(at) != ']') {
            origin = at;
            at = classItem(at);
        }
        if (at < source.length()) {
            add("]");
            at++;
        }
        return at;
    }

    private int classItem(int at) {
        char first = source.charAt(at);
        if (first == '[') {
            onlyJava();
            return charClass(at);
        }
        if (source.startsWith("\\Q", at)) {
            int end = source.indexOf("\\E", at + 2);
            source.substring(at + 2, end < 0 ? source.length() : end)
                    .codePoints()
                    .forEach(this::literal);
            return end < 0 ? source.length() : end + 2;
        }
        if (first != '\\' || at + 1 == source.length()) {
            same &= first < 0x80 && !source.startsWith("&&", at);
            add(String.valueOf(first));
            return at + 1;
        }
        char letter = source.charAt(at + 1);
        if (letter == 's') {
            add("\\s", "\\t-\\r ");
        } else {
            same &= SAME_SHORTHANDS.indexOf(letter) >= 0
                    || "tnrf".indexOf(letter) >= 0
                    || (letter < 0x80 && !Character.isLetterOrDigit(letter));
        }
        int end = escapeEnd(at);
        if (letter != 's') {
            add(source.substring(at, end));
        }
        boolean shorthand = letter == 's' || SAME_SHORTHANDS.indexOf(letter) >= 0;
        same &= !shorthand || !source.startsWith("-", end) || source.startsWith("]", end + 1);
        return end;
    }

    /** Where the escape at {@code start} ends: after its letter and what belongs to it. */
    int escapeEnd(int start) {
        int at = start + 2;
        return switch (source.charAt(start + 1)) {
            case 'p', 'P', 'N', 'x' -> {
                int brace = source.startsWith("{", at) ? source.indexOf('}', at) : -1;
                yield brace < 0 ? at : brace + 1;
            }
            case 'c' -> Math.min(at + 1, source.length());
            default -> at;
        };
    }
}

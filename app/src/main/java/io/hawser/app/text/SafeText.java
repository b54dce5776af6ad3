package io.hawser.app.text;

import java.util.HexFormat;

/**
 * Makes foreign text fit for a terminal: what could move the cursor, switch the terminal or turn the direction of
 * writing is shown as <code>&#92;u001b</code>. Text is not cut.
 */
public final class SafeText {
    private SafeText() {}

    /** {@code text}, fit for one line of a terminal. */
    public static String of(String text) {
        int i = 0;
        while (i < text.length() && harmless(text, i)) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16).append(text, 0, i);
        for (; i < text.length(); i++) {
            append(safe, text, i);
        }
        return safe.toString();
    }

    /** Appends the character at {@code i} of {@code text} in its safe form. */
    static void append(StringBuilder safe, String text, int i) {
        char c = text.charAt(i);
        if (harmless(text, i)) {
            safe.append(c);
            return;
        }
        switch (c) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> safe.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    private static boolean harmless(String text, int i) {
        char c = text.charAt(i);
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SURROGATE -> paired(text, i);
            default -> true;
        };
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

package io.hawser.eftl.wire;

/** What text would be in UTF-8, without encoding it. */
final class Utf8 {
    private Utf8() {}

    /** True if {@code text} takes at most {@code max} bytes. A lone surrogate counts as three. */
    static boolean fits(String text, int max) {
        int chars = text.length();
        if (chars > max) {
            return false;
        }
        if (chars <= max / 3) {
            return true;
        }
        int bytes = 0;
        for (int i = 0; i < chars && bytes <= max; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (pairAt(text, i)) {
                bytes += 4;
                i++;
            } else {
                bytes += 3;
            }
        }
        return bytes <= max;
    }

    /** True if every surrogate in {@code text} has its other half. */
    static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (pairAt(text, i)) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** True if a surrogate pair starts at {@code index}. */
    static boolean pairAt(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }
}

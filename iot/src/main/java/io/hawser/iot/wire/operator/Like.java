package io.hawser.iot.wire.operator;

/** Patterns of texts, as filters of operators and formulas of policies have them ({@code specs/iot.md} 1.9, 4.3). */
public final class Like {
    private Like() {}

    /** Whether {@code text} is like {@code pattern}: % is any text, _ one character, \ takes the next as it is. No pattern is slow. */
    public static boolean matches(String text, String pattern) {
        int t = 0;
        int p = 0;
        int afterPercent = -1;
        int retry = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                afterPercent = ++p;
                retry = t;
                continue;
            }
            int length = matched(text.charAt(t), pattern, p);
            if (length > 0) {
                t++;
                p += length;
            } else if (afterPercent >= 0) {
                p = afterPercent;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    /** How many characters of the pattern at {@code p} say {@code c}; 0 if they do not. */
    private static int matched(char c, String pattern, int p) {
        if (p >= pattern.length()) {
            return 0;
        }
        char wanted = pattern.charAt(p);
        if (wanted == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? 2 : 0;
        }
        return wanted == '_' || wanted == c ? 1 : 0;
    }
}

package io.hawser.ivy;

import java.util.List;

/** Several parameters in the text of one direct message, each ended by ETX, as ivy-python has them ({@code specs/ivy.md} 2.3). */
final class Parameters {
    private static final char ETX = 3;

    private Parameters() {}

    /** The text that says them. */
    static String join(List<String> parameters) {
        StringBuilder text = new StringBuilder();
        for (String parameter : parameters) {
            if (parameter.indexOf(ETX) >= 0) {
                throw new IllegalArgumentException("a parameter of an Ivy message must not hold ETX");
            }
            text.append(parameter).append(ETX);
        }
        return text.toString();
    }

    /** True if {@code text} says several. */
    static boolean isIn(String text) {
        return text.indexOf(ETX) >= 0;
    }

    /** What {@code text} says; the last one may lack its ETX. */
    static List<String> split(String text) {
        int length = text.length();
        int end = text.charAt(length - 1) == ETX ? length - 1 : length;
        return List.of(text.substring(0, end).split(String.valueOf(ETX), -1));
    }
}

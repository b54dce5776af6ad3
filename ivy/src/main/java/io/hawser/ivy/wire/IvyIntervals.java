package io.hawser.ivy.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numeric intervals in regexps, which the subscriber expands before they go out, so that every sender sees a plain regexp
 * ({@code specs/ivy.md} 1.13): {@code (?Imin#max)} is any number from min to max, {@code (?Imin#maxi)} any integer. Both ends
 * belong to it, and no digit or dot may follow. Pure.
 */
public final class IvyIntervals {
    private static final String MARK = "(?I";
    private static final Pattern INTERVAL = Pattern.compile("\\(\\?I(-?\\d{1,9})#(-?\\d{1,9})([if]?)\\)");
    private static final String END = "(?![0-9.])";

    private IvyIntervals() {}

    /**
     * {@code regexp} with each interval written out, in groups that capture nothing.
     *
     * @throws IllegalArgumentException with a text for the user if an interval is wrong
     */
    public static String expand(String regexp) {
        if (!regexp.contains(MARK)) {
            return regexp;
        }
        StringBuilder expanded = new StringBuilder();
        Matcher interval = INTERVAL.matcher(regexp);
        boolean inClass = false;
        for (int i = 0; i < regexp.length(); i++) {
            char c = regexp.charAt(i);
            if (!inClass && regexp.startsWith(MARK, i)) {
                if (!interval.find(i) || interval.start() != i) {
                    throw new IllegalArgumentException("the interval at offset " + i + " of '" + regexp
                            + "' is wrong; expected for example '(?I1#5)' or '(?I1#5i)'");
                }
                expanded.append(alternatives(interval));
                i = interval.end() - 1;
                continue;
            }
            expanded.append(c);
            if (c == '\\' && i + 1 < regexp.length()) {
                expanded.append(regexp.charAt(++i));
            }
            inClass = c == '[' || (inClass && c != ']');
        }
        return expanded.toString();
    }

    private static String alternatives(Matcher interval) {
        int one = Integer.parseInt(interval.group(1));
        int other = Integer.parseInt(interval.group(2));
        boolean integers = interval.group(3).equals("i");
        int min = Math.min(one, other);
        int max = Math.max(one, other);
        List<String> found = new ArrayList<>();
        if (min < 0) {
            found.add("-" + group(sizes(Math.max(0, -max), -min, integers)));
        }
        if (max >= 0) {
            found.addAll(sizes(Math.max(0, min), max, integers));
        }
        return group(found) + END;
    }

    /** Numbers without a sign. Of the largest one only zeros may follow the dot. */
    private static List<String> sizes(int min, int max, boolean integers) {
        if (integers) {
            return digits(min, max);
        }
        List<String> found = new ArrayList<>();
        if (min < max) {
            found.add(group(digits(min, max - 1)) + "(?:\\.[0-9]+)?");
        }
        found.add(max + "(?:\\.0+)?");
        return found;
    }

    /** Cuts the range where all digits from some place on are free, and writes each piece digit by digit. */
    private static List<String> digits(int min, int max) {
        TreeSet<Long> ends = new TreeSet<>();
        ends.add((long) max);
        for (long unit = 10; unit <= 10L * max; unit *= 10) {
            ends.add(min - min % unit + unit - 1);
            ends.add(max + 1L - (max + 1L) % unit - 1);
        }
        List<String> pieces = new ArrayList<>();
        long first = min;
        for (long last : ends.subSet((long) min, true, (long) max, true)) {
            pieces.add(piece(Long.toString(first), Long.toString(last)));
            first = last + 1;
        }
        return pieces;
    }

    private static String piece(String first, String last) {
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < first.length(); i++) {
            char from = first.charAt(i);
            char to = last.charAt(i);
            if (from == to) {
                piece.append(from);
            } else {
                piece.append('[').append(from).append('-').append(to).append(']');
            }
        }
        return piece.toString();
    }

    private static String group(List<String> alternatives) {
        return "(?:" + String.join("|", alternatives) + ")";
    }
}

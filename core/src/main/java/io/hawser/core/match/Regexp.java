package io.hawser.core.match;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that anybody may send and that still never holds up a thread.
 *
 * <p>It searches anywhere in a text, a dot is any char but line feed, as in ivy-c ({@code specs/ivy.md} 1.6). {@code
 * (?P<name>...)} is accepted beside {@code (?<name>...)}, and a name may hold {@code _}. Texts without the literals
 * that the pattern requires are turned away before an engine is asked.
 *
 * <p><b>Safety.</b> java.util.regex runs over a text that counts how often it is looked at. When a text costs too many
 * steps, or the stack, the pattern moves for good to RE2/J, whose time is linear, if RE2/J can say the same. If not, the
 * text is aborted: it does not match, and after {@link RegexpLimits#maxAborts} such texts the pattern is quarantined and
 * never runs again. Patterns whose work steps cannot measure start in RE2/J or are refused.
 *
 * <p><b>Concurrency.</b> Shared by all threads without locks. The engine only moves forward (from {@link Engine#JAVA} to
 * one of the others) and is written after what it needs; two threads that move it at once do the same thing twice.
 */
public final class Regexp {
    /** What runs a pattern. */
    public enum Engine {
        /** java.util.regex under a budget of steps. */
        JAVA,
        /** RE2/J. */
        RE2J,
        /** Nothing: it was aborted too often. */
        QUARANTINED
    }

    private final String text;
    private final RegexpLimits limits;
    private final Consumer<? super Regexp> onTrouble;
    private final RegexpReading reading;
    private final Pattern java;
    private final AtomicInteger aborts = new AtomicInteger();
    private volatile com.google.re2j.@Nullable Pattern re2;
    private volatile Engine engine = Engine.JAVA;

    private Regexp(String text, RegexpLimits limits, Consumer<? super Regexp> onTrouble) {
        this.text = text;
        this.limits = limits;
        this.onTrouble = onTrouble;
        this.reading = RegexpReader.read(text, limits);
        this.java = java(reading, text.length());
        if (!reading.metered() && !moveToRe2()) {
            throw new RegexpException(0, "regexp has too many ways to match nothing");
        }
    }

    /**
     * A regexp under the usual limits, whose trouble nobody hears of.
     *
     * @throws RegexpException if {@code pattern} is not a regexp, or one that may cost too much
     */
    public static Regexp compile(String pattern) {
        return compile(pattern, RegexpLimits.DEFAULT, regexp -> {});
    }

    /**
     * A regexp under {@code limits}.
     *
     * @param onTrouble told on the matching thread after each aborted text and each change of engine
     * @throws RegexpException if {@code pattern} is not a regexp, or one that may cost too much
     */
    public static Regexp compile(String pattern, RegexpLimits limits, Consumer<? super Regexp> onTrouble) {
        return new Regexp(pattern, limits, onTrouble);
    }

    /** The pattern as it was given. */
    public String text() {
        return text;
    }

    /** The names of the groups that have one, in order. */
    public List<String> groupNames() {
        return List.copyOf(reading.names().keySet());
    }

    /** How many groups capture. */
    public int groups() {
        return reading.groups();
    }

    /** What runs it now. */
    public Engine engine() {
        return engine;
    }

    /** How many texts were aborted. */
    public int aborts() {
        return aborts.get();
    }

    /** What it captured where it first occurs in {@code input}; null if it does not occur. */
    public @Nullable Captures match(String input) {
        return reading.required().allows(input) ? search(input) : null;
    }

    @Override
    public String toString() {
        return text;
    }

    /** What every text must contain in which it occurs. */
    RequiredLiterals required() {
        return reading.required();
    }

    /** {@link #match} without the look at the required literals. */
    @Nullable
    Captures search(String input) {
        return switch (engine) {
            case JAVA -> searchJava(input);
            case RE2J -> searchRe2(input);
            case QUARANTINED -> null;
        };
    }

    private @Nullable Captures searchJava(String input) {
        try {
            var matcher = java.matcher(new MeteredText(input, steps(input)));
            return matcher.find() ? captures(input, matcher) : null;
        } catch (MeteredText.Overrun | StackOverflowError e) {
            return overrun(input);
        }
    }

    private long steps(String input) {
        return reading.text().re2().isPresent()
                ? limits.swiftSteps() + limits.swiftStepsPerChar() * input.length()
                : limits.maxSteps();
    }

    private @Nullable Captures overrun(String input) {
        if (!moveToRe2()) {
            return abort();
        }
        onTrouble.accept(this);
        return searchRe2(input);
    }

    private @Nullable Captures abort() {
        if (aborts.incrementAndGet() >= limits.maxAborts()) {
            engine = Engine.QUARANTINED;
        }
        onTrouble.accept(this);
        return null;
    }

    /** True if RE2/J runs the pattern from now on. */
    private boolean moveToRe2() {
        String re2Text = reading.text().re2().orElse(null);
        if (re2Text == null) {
            return false;
        }
        try {
            re2 = com.google.re2j.Pattern.compile(re2Text);
            engine = Engine.RE2J;
            return true;
        } catch (com.google.re2j.PatternSyntaxException e) {
            return false;
        }
    }

    private @Nullable Captures searchRe2(String input) {
        com.google.re2j.Pattern pattern = re2;
        if (pattern == null) {
            return null;
        }
        if (input.length() > limits.maxLinearChars()) {
            return abort();
        }
        com.google.re2j.Matcher matcher = pattern.matcher(input);
        if (!matcher.find()) {
            return null;
        }
        String[] groups = new String[reading.groups()];
        for (int i = 0; i < groups.length; i++) {
            String group = matcher.group(i + 1);
            groups[i] = group == null ? "" : group;
        }
        return groups.length == 0 ? Captures.EMPTY : new Captures(reading.names(), groups);
    }

    private Captures captures(String input, MatchResult match) {
        String[] groups = new String[reading.groups()];
        for (int i = 0; i < groups.length; i++) {
            int start = match.start(i + 1);
            groups[i] = start < 0 ? "" : input.substring(start, match.end(i + 1));
        }
        return groups.length == 0 ? Captures.EMPTY : new Captures(reading.names(), groups);
    }

    private static Pattern java(RegexpReading reading, int length) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(reading.text().java(), Pattern.UNIX_LINES);
        } catch (PatternSyntaxException e) {
            throw new RegexpException(reading.text().origin(e.getIndex(), length), e.getDescription());
        }
        if (pattern.matcher("").groupCount() != reading.groups()) {
            throw new RegexpException(0, "regexp has a character class that cannot be read");
        }
        return pattern;
    }
}

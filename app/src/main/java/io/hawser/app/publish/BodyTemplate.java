package io.hawser.app.publish;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import java.time.Instant;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what a text leaves open: {@code {{count}}} from 1, {@code {{time}}}, {@code {{unix}}} milliseconds, {@code {{id}}}
 * (another one each time), {@code {{random 5 10}}} from 5 to 10.
 */
final class BodyTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([a-zA-Z]+)((?:\\s+-?\\d{1,15}){0,2})\\s*}}");

    private final RandomGenerator random;

    BodyTemplate(RandomGenerator random) {
        this.random = random;
    }

    /** {@code text} for the {@code count}-th message, at {@code now}. */
    String fill(String text, long count, Instant now) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(said(place, count, now)));
    }

    private String said(MatchResult place, long count, Instant now) {
        return switch (place.group(1).toLowerCase(Locale.ROOT)) {
            case "count" -> Long.toString(count);
            case "time" -> now.toString();
            case "unix" -> Long.toString(now.toEpochMilli());
            case "id" -> Long.toHexString(random.nextLong());
            case "random" -> random(place.group(2).strip().split("\\s+"));
            default -> throw wrong(place.group());
        };
    }

    private String random(String[] bounds) {
        long least = bounds.length == 2 ? Long.parseLong(bounds[0]) : 1;
        long most = bounds.length == 2 ? Long.parseLong(bounds[1]) : 0;
        if (least > most) {
            throw wrong("{{random}}");
        }
        return Long.toString(random.nextLong(least, most + 1));
    }

    private static Failure wrong(String place) {
        return new Failure(
                Exit.USAGE,
                place + " is nothing; there is {{count}}, {{time}}, {{unix}}, {{id}} and {{random LEAST MOST}}");
    }
}

package io.hawser.app.terminal;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long: {@code 500ms}, {@code 5s}, {@code 2m}, {@code 1h}, {@code 1d}; a number alone is seconds. */
public final class TimeSpan implements ITypeConverter<Duration> {
    /** Made by the command line. */
    public TimeSpan() {}

    @Override
    public Duration convert(String text) {
        String number = text.replaceFirst("(ms|s|m|h|d)$", "");
        if (!number.matches("\\d{1,9}")) {
            throw new TypeConversionException("'" + text + "' is no time; say for example 500ms, 5s or 2m");
        }
        long count = Long.parseLong(number);
        return switch (text.substring(number.length())) {
            case "ms" -> Duration.ofMillis(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }
}

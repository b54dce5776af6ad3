package io.hawser.core.store.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import java.time.Duration;
import java.util.Optional;

/**
 * Between the settings of a durable and the bytes that an engine keeps. Pure.
 *
 * <pre>
 *   octet    version, 1
 *   text     kind
 *   optional key
 *   count    message TTL in milliseconds, count durable TTL in milliseconds
 *   count    messages, count bytes
 *   text     when full
 *   count    acknowledgement time-out in milliseconds, count most deliveries
 * </pre>
 */
public final class SettingsBytes {
    private static final int VERSION = 1;

    private SettingsBytes() {}

    /** The bytes of {@code settings}. */
    public static byte[] write(DurableSettings settings) {
        return new ByteWriter()
                .octet(VERSION)
                .text(settings.kind().name())
                .optional(settings.key())
                .count(settings.messageTtl().toMillis())
                .count(settings.durableTtl().toMillis())
                .count(settings.messages())
                .count(settings.bytes())
                .text(settings.whenFull().name())
                .count(settings.ackTimeout().toMillis())
                .count(settings.maxDeliveries())
                .toByteArray();
    }

    /** The settings that {@code bytes} are. */
    public static DurableSettings read(byte[] bytes) throws BytesException {
        ByteReader in = new ByteReader(bytes, BytesLimits.DEFAULT);
        int version = in.octet();
        if (version != VERSION) {
            throw new BytesException("settings of version " + version + "; this program reads " + VERSION);
        }
        try {
            DurableSettings.Kind kind = DurableSettings.Kind.valueOf(in.text());
            Optional<String> key = in.optional();
            DurableSettings settings = new DurableSettings(
                    kind,
                    key,
                    Duration.ofMillis(in.count()),
                    Duration.ofMillis(in.count()),
                    Math.toIntExact(in.count()),
                    in.count(),
                    DurableSettings.WhenFull.valueOf(in.text()),
                    Duration.ofMillis(in.count()),
                    Math.toIntExact(in.count()));
            in.end();
            return settings;
        } catch (IllegalArgumentException | ArithmeticException senseless) {
            throw new BytesException("settings that make no sense: " + senseless.getMessage());
        }
    }
}

package io.hawser.iot.storage;

import io.hawser.iot.link.OptionTable;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * How contents are moved.
 *
 * @param retries how often a transfer that failed is tried again ({@code storage_connection_retry_limit})
 * @param queued how many may wait ({@code maximumStorageObjectsToQueue})
 * @param tokenLife how long the server's token is used before a new one is asked for ({@code storageTokenPeriod})
 * @param prefixed whether names begin with the device's endpoint id; hubs of Hawser take no others ({@code
 *     disable_storage_object_prefix})
 * @param answerTimeout how long the server may take to be connected to, and to say something
 * @param pause how long to wait before the first retry, twice as long before the second, and so on
 */
public record StorageSettings(
        int retries, int queued, Duration tokenLife, boolean prefixed, Duration answerTimeout, Duration pause) {
    /** As the originals. */
    public static final StorageSettings DEFAULT =
            new StorageSettings(2, 50, Duration.ofMinutes(30), true, Duration.ofSeconds(15), Duration.ofSeconds(1));

    /** Checked: nothing is negative, and something can be queued. */
    public StorageSettings {
        if (retries < 0 || queued < 1 || tokenLife.isNegative() || answerTimeout.toMillis() < 1 || pause.isNegative()) {
            throw new IllegalArgumentException("settings of storage out of range");
        }
    }

    /** Teaches {@code keys} those of the originals that are about contents; {@code change} changes it in options. */
    public static <O> void keys(OptionTable<O> keys, BiFunction<O, UnaryOperator<StorageSettings>, O> change) {
        keys.add(
                OptionTable.NEW + "storage_connection_retry_limit",
                OptionTable.count(
                        (options, value) -> change.apply(options, old -> old.withRetries(value, old.pause()))));
        keys.add(
                OptionTable.OLD + "device.maximum_storage_objects_to_queue",
                OptionTable.count((options, value) -> change.apply(options, old -> old.withQueued(value))));
        keys.add(
                OptionTable.OLD + "disable_storage_object_prefix",
                OptionTable.truth((options, value) -> change.apply(options, old -> old.withPrefix(!value))));
    }

    /** These with another number of retries, the first after {@code first}. */
    public StorageSettings withRetries(int number, Duration first) {
        return new StorageSettings(number, queued, tokenLife, prefixed, answerTimeout, first);
    }

    /** These with room for {@code number} that wait. */
    public StorageSettings withQueued(int number) {
        return new StorageSettings(retries, number, tokenLife, prefixed, answerTimeout, pause);
    }

    /** These, with or without the endpoint id before names. */
    public StorageSettings withPrefix(boolean before) {
        return new StorageSettings(retries, queued, tokenLife, before, answerTimeout, pause);
    }
}

package io.hawser.iot.enterprise;

import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.SystemClock;
import io.hawser.iot.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How a program of an operator behaves, by the keys of the originals ({@code specs/iot.md} 5): from a file, from system properties, or
 * said here. Immutable; each method with a value gives a changed copy.
 */
public final class EnterpriseOptions {
    private LinkSettings link = LinkSettings.DEFAULT;
    private StorageSettings storage = StorageSettings.DEFAULT;
    private Duration monitorInterval = Duration.ofSeconds(3);
    private int maxFormats = 10;
    private Duration outcomeInterval = Duration.ofSeconds(1);
    private int outcomeQuestions = 20;
    private InstantSource clock = new SystemClock();
    private Optional<Executor> executor = Optional.empty();

    private EnterpriseOptions() {}

    private EnterpriseOptions(EnterpriseOptions other) {
        link = other.link;
        storage = other.storage;
        monitorInterval = other.monitorInterval;
        maxFormats = other.maxFormats;
        outcomeInterval = other.outcomeInterval;
        outcomeQuestions = other.outcomeQuestions;
        clock = other.clock;
        executor = other.executor;
    }

    /** Everything as each method says. */
    public static EnterpriseOptions defaults() {
        return new EnterpriseOptions();
    }

    /**
     * As the system properties of this program say, by the names of the original Java library. A property that begins like those and
     * is none of them is logged.
     *
     * @throws IllegalArgumentException names each property whose value makes no sense, and says what would
     */
    public static EnterpriseOptions system() {
        return OptionKeys.KEYS.system(defaults(), System.getProperties());
    }

    /**
     * As {@code file} says: lines of {@code key = value}; as {@code DeviceOptions.file}, and the same file may serve both.
     *
     * @throws IllegalArgumentException names each line with a key that nobody knows or a value that makes no sense
     * @throws IOException if the file cannot be read
     */
    public static EnterpriseOptions file(Path file) throws IOException {
        return OptionKeys.KEYS.file(defaults(), file);
    }

    /** How the server is waited for. By default {@link LinkSettings#DEFAULT}. */
    public EnterpriseOptions link(UnaryOperator<LinkSettings> change) {
        return with(changed -> changed.link = change.apply(link));
    }

    /** How contents are moved. By default {@link StorageSettings#DEFAULT}. */
    public EnterpriseOptions storage(UnaryOperator<StorageSettings> change) {
        return with(changed -> changed.storage = change.apply(storage));
    }

    /** {@code monitor_polling_interval}: how long after one look at all watched devices the next one is. By default 3 s. */
    public EnterpriseOptions monitorInterval(Duration between) {
        return with(changed -> changed.monitorInterval = positive(between));
    }

    /** {@code monitor_max_formats}: how many messages of one format may be heard at one look, the newest. By default 10. */
    public EnterpriseOptions maxFormats(int most) {
        return with(changed -> changed.maxFormats = positive(most));
    }

    /** {@code controller_polling_interval}: how long at most until it is asked again what became of an order. By default 1 s. */
    public EnterpriseOptions outcomeInterval(Duration between) {
        return with(changed -> changed.outcomeInterval = positive(between));
    }

    /** {@code controller_retry_count}: after so many intervals nobody waits any more for what became of an order. By default 20. */
    public EnterpriseOptions outcomeQuestions(int most) {
        return with(changed -> changed.outcomeQuestions = positive(most));
    }

    /** With another clock than the computer's. */
    public EnterpriseOptions clock(InstantSource other) {
        return with(changed -> changed.clock = other);
    }

    /** With an executor that callbacks run on, one at a time. By default a daemon thread of the program. */
    public EnterpriseOptions executor(Executor other) {
        return with(changed -> changed.executor = Optional.of(other));
    }

    // ---- what was chosen ----

    LinkSettings link() {
        return link;
    }

    StorageSettings storage() {
        return storage;
    }

    Duration monitorInterval() {
        return monitorInterval;
    }

    int maxFormats() {
        return maxFormats;
    }

    Duration outcomeInterval() {
        return outcomeInterval;
    }

    Duration outcomePatience() {
        return outcomeInterval.multipliedBy(outcomeQuestions);
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Executor> executor() {
        return executor;
    }

    private static Duration positive(Duration between) {
        if (between.toMillis() < 1) {
            throw new IllegalArgumentException("must be a time of at least 1 ms, and is " + between.toMillis() + " ms");
        }
        return between;
    }

    private static int positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("must be at least 1, and is " + number);
        }
        return number;
    }

    private EnterpriseOptions with(Consumer<EnterpriseOptions> change) {
        EnterpriseOptions copy = new EnterpriseOptions(this);
        change.accept(copy);
        return copy;
    }
}

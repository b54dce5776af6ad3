package io.hawser.iot.device;

import io.hawser.core.value.Fields;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.link.LinkSettings;
import io.hawser.iot.link.SystemClock;
import io.hawser.iot.policy.rule.NetworkCost;
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
 * How a device behaves, by the keys of the originals ({@code specs/iot.md} 5): from a file, from system properties, or said here.
 * Immutable; each method with a value gives a changed copy.
 */
public final class DeviceOptions {
    private static final int SMALLEST_BUFFER = 4_192;

    private LinkSettings link = LinkSettings.DEFAULT;
    private DispatcherOptions dispatcher = DispatcherOptions.defaults();
    private int requestThreads = 1;
    private Duration sendReceiveTimeout = Duration.ofMillis(100);
    private int requestBufferSize = SMALLEST_BUFFER;
    private Optional<Path> modelStore = Optional.empty();
    private Optional<Path> policyStore = Optional.empty();
    private NetworkCost networkCost = NetworkCost.ETHERNET;
    private boolean persistence = true;
    private Optional<Path> persistenceFile = Optional.empty();
    private StorageSettings storage = StorageSettings.DEFAULT;
    private Fields info = Fields.EMPTY;
    private InstantSource clock = new SystemClock();
    private Optional<Executor> executor = Optional.empty();

    private DeviceOptions() {}

    private DeviceOptions(DeviceOptions other) {
        link = other.link;
        dispatcher = other.dispatcher;
        requestThreads = other.requestThreads;
        sendReceiveTimeout = other.sendReceiveTimeout;
        requestBufferSize = other.requestBufferSize;
        modelStore = other.modelStore;
        policyStore = other.policyStore;
        networkCost = other.networkCost;
        persistence = other.persistence;
        persistenceFile = other.persistenceFile;
        storage = other.storage;
        info = other.info;
        clock = other.clock;
        executor = other.executor;
    }

    /** Everything as each method says. */
    public static DeviceOptions defaults() {
        return new DeviceOptions();
    }

    /**
     * As the system properties of this program say, by the names of the original Java library. A property that begins like those and
     * is none of them is logged.
     *
     * @throws IllegalArgumentException names each property whose value makes no sense, and says what would
     */
    public static DeviceOptions system() {
        return OptionKeys.system(defaults(), System.getProperties());
    }

    /**
     * As {@code file} says: lines of {@code key = value}, by the names of the original Java library or the short ones of the Python
     * library, with or without its {@code [sections]}; comments begin with # or ;.
     *
     * @throws IllegalArgumentException names each line with a key that nobody knows or a value that makes no sense, and says what
     *     would
     * @throws IOException if the file cannot be read
     */
    public static DeviceOptions file(Path file) throws IOException {
        return OptionKeys.file(defaults(), file);
    }

    // ---- the server ----

    /** How the server is waited for. By default {@link LinkSettings#DEFAULT}. */
    public DeviceOptions link(UnaryOperator<LinkSettings> change) {
        return with(changed -> changed.link = change.apply(link));
    }

    /** {@code device_model_store}: the folder where models are looked for first, and kept. By default none. */
    public DeviceOptions modelStore(Path folder) {
        return with(changed -> changed.modelStore = Optional.of(folder));
    }

    // ---- policies ----

    /**
     * {@code device_policy_store}: the folder where policies are kept, so that they are followed also while the server is silent; several
     * devices may share it. By default that of models.
     */
    public DeviceOptions policyStore(Path folder) {
        return with(changed -> changed.policyStore = Optional.of(folder));
    }

    /**
     * {@code network_cost}: what it costs to send something, which policies heed, until {@link
     * DirectlyConnectedDevice#networkCost} says otherwise. By default {@link NetworkCost#ETHERNET}.
     */
    public DeviceOptions networkCost(NetworkCost cost) {
        return with(changed -> changed.networkCost = cost);
    }

    // ---- messages ----

    /** How the dispatcher works. By default {@link DispatcherOptions#defaults}; persistence and diagnostics are the device's. */
    public DeviceOptions dispatcher(UnaryOperator<DispatcherOptions> change) {
        return with(changed -> changed.dispatcher = change.apply(dispatcher));
    }

    /** {@code request_dispatcher_thread_pool_size}: how many requests are answered at a time. By default 1. */
    public DeviceOptions requestThreads(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("requests are answered by at least 1 thread, not " + most);
        }
        return with(changed -> changed.requestThreads = most);
    }

    /** {@code send_receive_timeout}: how long {@link DirectlyConnectedDevice#receive()} waits; 0: it asks nobody. By default 100 ms. */
    public DeviceOptions sendReceiveTimeout(Duration limit) {
        return with(changed -> changed.sendReceiveTimeout = limit);
    }

    /** {@code request_buffer_size}: bytes of requests that may come at once; below 4,192 it is 4,192, the default. */
    public DeviceOptions requestBufferSize(int bytes) {
        return with(changed -> changed.requestBufferSize = Math.max(bytes, SMALLEST_BUFFER));
    }

    // ---- contents ----

    /** How contents are moved. By default {@link StorageSettings#DEFAULT}. */
    public DeviceOptions storage(UnaryOperator<StorageSettings> change) {
        return with(changed -> changed.storage = change.apply(storage));
    }

    // ---- what outlives the program ----

    /** {@code persistence.enabled}: whether alerts that are not delivered yet outlive the program. By default they do. */
    public DeviceOptions persistence(boolean kept) {
        return with(changed -> changed.persistence = kept);
    }

    /**
     * {@code persistence.directory} and {@code persistence.db_name}: in which file. By default one beside the provisioning file, whose
     * name ends in {@code .db}; a file that is named here and cannot be used is an error, the default one a warning.
     */
    public DeviceOptions persistenceFile(Path file) {
        return with(changed -> changed.persistenceFile = Optional.of(file));
    }

    // ---- the program ----

    /** {@code version}, {@code ip_address}, {@code mac_address}: what {@code diagnostics/info} tells instead of what it finds out. */
    public DeviceOptions info(String name, String text) {
        return with(changed -> changed.info = info.toBuilder().put(name, text).build());
    }

    /** With another clock than the computer's. */
    public DeviceOptions clock(InstantSource other) {
        return with(changed -> changed.clock = other);
    }

    /** With an executor that callbacks run on, one at a time. By default a daemon thread of the device. */
    public DeviceOptions executor(Executor other) {
        return with(changed -> changed.executor = Optional.of(other));
    }

    // ---- what was chosen ----

    LinkSettings link() {
        return link;
    }

    StorageSettings storage() {
        return storage;
    }

    DispatcherOptions dispatcher() {
        return dispatcher;
    }

    int requestThreads() {
        return requestThreads;
    }

    Duration sendReceiveTimeout() {
        return sendReceiveTimeout;
    }

    int requestBufferSize() {
        return requestBufferSize;
    }

    Optional<Path> modelStore() {
        return modelStore;
    }

    Optional<Path> policyStore() {
        return policyStore.or(() -> modelStore);
    }

    NetworkCost networkCost() {
        return networkCost;
    }

    boolean persistence() {
        return persistence;
    }

    Optional<Path> persistenceFile() {
        return persistenceFile;
    }

    Fields info() {
        return info;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Executor> executor() {
        return executor;
    }

    private DeviceOptions with(Consumer<DeviceOptions> change) {
        DeviceOptions copy = new DeviceOptions(this);
        change.accept(copy);
        return copy;
    }
}

package io.hawser.iot.device;

import io.hawser.iot.link.LinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** How a device behaves; the names of the originals' properties stand in {@code specs/iot.md} 5. Immutable; each method with a value gives a changed copy. */
public final class DeviceOptions {
    private static final int SMALLEST_BUFFER = 4_192;

    private LinkSettings link = LinkSettings.DEFAULT;
    private Duration sendReceiveTimeout = Duration.ofMillis(100);
    private int requestBufferSize = SMALLEST_BUFFER;
    private Optional<Path> modelStore = Optional.empty();
    private InstantSource clock = new SystemClock();
    private Optional<Executor> executor = Optional.empty();

    private DeviceOptions() {}

    private DeviceOptions(DeviceOptions other) {
        link = other.link;
        sendReceiveTimeout = other.sendReceiveTimeout;
        requestBufferSize = other.requestBufferSize;
        modelStore = other.modelStore;
        clock = other.clock;
        executor = other.executor;
    }

    /** Everything as each method says. */
    public static DeviceOptions defaults() {
        return new DeviceOptions();
    }

    /** How the server is waited for. By default {@link LinkSettings#DEFAULT}. */
    public DeviceOptions link(LinkSettings settings) {
        return with(changed -> changed.link = settings);
    }

    /** {@code send_receive_timeout}: how long {@link DirectlyConnectedDevice#receive()} waits; 0: it asks nobody. By default 100 ms. */
    public DeviceOptions sendReceiveTimeout(Duration limit) {
        return with(changed -> changed.sendReceiveTimeout = limit);
    }

    /** {@code request_buffer_size}: bytes of requests that may come at once; below 4,192 it is 4,192, the default. */
    public DeviceOptions requestBufferSize(int bytes) {
        return with(changed -> changed.requestBufferSize = Math.max(bytes, SMALLEST_BUFFER));
    }

    /** {@code device_model_store}: the folder where models are looked for first, and kept. By default none. */
    public DeviceOptions modelStore(Path folder) {
        return with(changed -> changed.modelStore = Optional.of(folder));
    }

    /** With another clock than the computer's. */
    public DeviceOptions clock(InstantSource other) {
        return with(changed -> changed.clock = other);
    }

    /** With an executor that callbacks run on, one at a time. By default a daemon thread of the device. */
    public DeviceOptions executor(Executor other) {
        return with(changed -> changed.executor = Optional.of(other));
    }

    LinkSettings link() {
        return link;
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

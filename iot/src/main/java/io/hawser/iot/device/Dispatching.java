package io.hawser.iot.device;

import io.hawser.iot.device.virtual.Outlet;
import io.hawser.iot.dispatch.DispatcherOptions;
import io.hawser.iot.dispatch.MessageDispatcher;
import io.hawser.iot.dispatch.Surroundings;
import io.hawser.iot.dispatch.kept.DeviceFile;
import io.hawser.iot.dispatch.kept.KeptException;
import io.hawser.iot.dispatch.kept.KeptLimits;
import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.ServerClock;
import io.hawser.iot.link.Threads;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dispatcher of one device, made when it is first needed unless another is set, and what only it needs. Callable from any thread, in
 * turns.
 */
final class Dispatching {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatching.class);

    private final Loop loop;
    private final HttpsLink link;
    private final ServerClock clock;
    private final DeviceOptions options;
    private final Path configuration;
    private final Function<String, Optional<StorageObject>> uploads;
    private final Policies policies;
    private @Nullable Outlet outlet;
    private Optional<DeviceFile> file = Optional.empty();
    private boolean removed;
    private boolean closed;

    /** @param uploads the content at a URI, if it is to be uploaded yet */
    Dispatching(
            Loop loop,
            HttpsLink link,
            ServerClock clock,
            DeviceOptions options,
            Path configuration,
            Policies policies,
            Function<String, Optional<StorageObject>> uploads) {
        this.uploads = uploads;
        this.loop = loop;
        this.link = link;
        this.clock = clock;
        this.options = options;
        this.configuration = configuration;
        this.policies = policies;
    }

    /** True once there is a dispatcher. */
    synchronized boolean isOpen() {
        return outlet != null;
    }

    /**
     * The dispatcher of {@code endpointId}, and who hears of it; nothing once it is removed.
     *
     * @param owed what is said first, if it is made only now
     */
    synchronized Optional<Outlet> outlet(String endpointId, Supplier<List<IotMessage>> owed) {
        requireOpen();
        if (outlet == null && !removed) {
            Executor callbacks = callbacks();
            Surroundings surroundings = new Surroundings(
                    loop,
                    clock,
                    new Random(new SecureRandom().nextLong()),
                    callbacks,
                    Threads.pool(options.requestThreads(), "hawser-iot-request-"));
            MessageDispatcher dispatcher = MessageDispatcher.open(endpointId, link, furnished(), surroundings);
            outlet = joined(dispatcher, callbacks, owed.get());
        }
        return Optional.ofNullable(outlet);
    }

    /** {@code other} is the dispatcher from now on; the one before, if there was one, is the caller's. */
    synchronized Optional<MessageDispatcher> replace(MessageDispatcher other, Supplier<List<IotMessage>> owed) {
        requireOpen();
        Optional<MessageDispatcher> before = remove();
        outlet = joined(other, callbacks(), owed.get());
        return before;
    }

    /** There is no dispatcher from now on; the one before, if there was one, is the caller's. */
    synchronized Optional<MessageDispatcher> remove() {
        Optional<MessageDispatcher> before = Optional.ofNullable(outlet).map(Outlet::dispatcher);
        outlet = null;
        removed = true;
        return before;
    }

    private Executor callbacks() {
        return options.executor().orElseGet(() -> Threads.pool(1, "hawser-iot-callback-"));
    }

    private Outlet joined(MessageDispatcher dispatcher, Executor callbacks, List<IotMessage> owed) {
        dispatcher.requests().register(RequestDispatcher.ANY, Capability.policyChanged(), policies::changed);
        if (!owed.isEmpty()) {
            dispatcher.queue(owed);
        }
        return new Outlet(
                dispatcher, clock, callbacks, uploads, loop, Threads.workers(), file.map(DeviceFile::batches));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the device is closed");
        }
    }

    private DispatcherOptions furnished() {
        DispatcherOptions furnished = options.dispatcher()
                .requestBufferSize(options.requestBufferSize())
                .filter(policies)
                .info(new Diagnostics(options.info(), clock.instant()));
        if (!options.persistence()) {
            return furnished;
        }
        file = open(options.persistenceFile().orElseGet(() -> Path.of(configuration + ".db")));
        return file.map(furnished::file).orElse(furnished);
    }

    /** Where nobody has asked for a certain file, the device works without one. */
    private Optional<DeviceFile> open(Path path) {
        try {
            return Optional.of(DeviceFile.open(path, KeptLimits.DEFAULT, clock, Threads.pool(1, "hawser-iot-disk-")));
        } catch (KeptException unusable) {
            if (options.persistenceFile().isPresent()) {
                throw new IllegalStateException(unusable.getMessage(), unusable);
            }
            LOG.warn(
                    "iot[{}] what is not delivered will not outlive this program: {}",
                    configuration,
                    unusable.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Ends dispatcher, file and link, in this order; waits for that, but not in a callback, as the dispatcher cannot end before the
     * callback has.
     */
    void close() {
        Optional<MessageDispatcher> dispatcher = closing();
        dispatcher.ifPresent(MessageDispatcher::close);
        CompletableFuture<Void> end =
                dispatcher.map(MessageDispatcher::closeAsync).orElseGet(() -> CompletableFuture.completedFuture(null));
        if (end.isDone()) {
            finish();
        } else {
            end.whenComplete((done, failure) -> Threads.workers().execute(this::finish));
        }
    }

    private synchronized Optional<MessageDispatcher> closing() {
        closed = true;
        return Optional.ofNullable(outlet).map(Outlet::dispatcher);
    }

    private synchronized void finish() {
        file.ifPresent(DeviceFile::close);
        file = Optional.empty();
        link.close();
    }
}

package io.hawser.iot.storage;

import io.hawser.iot.storage.StorageException.Kind;
import io.hawser.iot.wire.DevicePath;
import io.hawser.net.Loop;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the storage objects of one device or operator, one after the other, in the background ({@code specs/iot.md} 3.6). A transfer
 * that fails for a passing reason is tried again, a download from where it ended. Callable from any thread.
 */
public final class StorageDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StorageDispatcher.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final StorageSettings settings;
    private final Loop loop;
    private final Executor worker;
    private final Executor callbacks;
    private final StorageDoor door;
    private final Courier courier;
    private final Deque<Transfer> waiting = new ArrayDeque<>();
    /** Those that are, or may be, to be uploaded; nobody is kept alive by this. */
    private final Set<StorageObject> inputs =
            Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private @Nullable Transfer current;
    private volatile ProgressCallback progress = (object, state, bytes) -> {};
    private boolean closed;

    /**
     * A dispatcher that has nothing to do yet.
     *
     * @param server asks the server for {@code provisioner/storage}, with the token of the device or operator
     * @param http moves the bytes; it is watched, and needs no times of its own
     * @param worker moves bytes, and may be kept busy for long; one task at a time is given to it
     * @param callbacks hears how transfers end
     */
    public StorageDispatcher(
            StorageSettings settings,
            Supplier<CompletableFuture<Optional<byte[]>>> server,
            HttpClient http,
            Loop loop,
            Executor worker,
            Executor callbacks) {
        this.settings = settings;
        this.loop = loop;
        this.worker = worker;
        this.callbacks = callbacks;
        this.door = new StorageDoor(server, settings.tokenLife(), settings.answerTimeout(), loop::nanoTime);
        this.courier = new Courier(door, http, loop::nanoTime, this::tell);
    }

    /**
     * A content of {@code endpointId} that is to be uploaded.
     *
     * @param name what the server calls it, behind the endpoint id
     * @param type its media type, for example {@code image/jpeg}
     * @throws StorageException if the server does not say where contents are kept
     */
    public StorageObject create(String endpointId, String name, String type) throws StorageException {
        if (name.isEmpty() || name.startsWith("/")) {
            throw new IllegalArgumentException("the name of a content is a path without leading slash: " + name);
        }
        String whole = settings.prefixed() ? endpointId + "/" + name : name;
        String path = Stream.of(whole.split("/", -1)).map(DevicePath::encode).collect(Collectors.joining("/"));
        URI uri = URI.create(door.key().container() + "/" + path);
        StorageObject made = new StorageObject(
                this,
                uri,
                whole,
                new StorageObject.Facts(type, Optional.empty(), OptionalLong.empty(), Optional.empty()));
        inputs.add(made);
        return made;
    }

    /**
     * The content at {@code uri}, which is to be downloaded; the server is asked what it knows of it.
     *
     * @throws IllegalArgumentException if {@code uri} is not where the server keeps contents
     * @throws StorageException of kind {@link Kind#ABSENT} if there is none
     */
    public StorageObject find(URI uri) throws StorageException {
        String container = door.key().container().getPath() + "/";
        if (!isHere(uri) || !uri.getPath().startsWith(container)) {
            throw new IllegalArgumentException(uri + " is not where the server keeps contents, "
                    + door.key().container());
        }
        StorageObject.Facts none =
                new StorageObject.Facts("", Optional.empty(), OptionalLong.empty(), Optional.empty());
        String name = uri.getPath().substring(container.length());
        StorageObject found = new StorageObject(this, uri, name, none);
        Transfer look = new Transfer(found, new StorageObject.Side.ToStream(OutputStream.nullOutputStream()));
        StorageObject.Facts facts = denied(() -> courier.look(look, settings.answerTimeout()));
        return new StorageObject(this, uri, name, facts);
    }

    /** True if {@code uri} is where the server keeps contents. */
    public boolean isHere(URI uri) throws StorageException {
        URI container = door.key().container();
        return container.getScheme().equalsIgnoreCase(uri.getScheme())
                && container.getHost().equalsIgnoreCase(uri.getHost())
                && container.getPort() == uri.getPort();
    }

    private interface Look {
        StorageObject.Facts now() throws StorageException;
    }

    /** A token may have ended. */
    private static StorageObject.Facts denied(Look look) throws StorageException {
        try {
            return look.now();
        } catch (StorageException refused) {
            if (refused.kind() == Kind.DENIED) {
                return look.now();
            }
            throw refused;
        }
    }

    /** The content at {@code uri}, if it is made here to be uploaded and is not there yet. */
    public Optional<StorageObject> upload(String uri) {
        synchronized (inputs) {
            return inputs.stream()
                    .filter(object -> object.isInput() && object.getSyncStatus() != SyncStatus.IN_SYNC)
                    .filter(object -> object.getURI().toString().equals(uri))
                    .findFirst();
        }
    }

    /** Tells {@code told} how every transfer gets on, in the place of whoever was told. */
    public void setProgressCallback(ProgressCallback told) {
        progress = told;
    }

    /** Moves {@code object} when its turn comes; as {@link StorageObject#sync}. */
    public CompletableFuture<StorageObject> queue(StorageObject object) {
        return object.sync();
    }

    /** Ends the transfer of {@code object}, if it goes on or waits; true if it did. */
    public boolean cancel(StorageObject object) {
        StorageException why =
                new StorageException(Kind.CANCELLED, "the transfer of " + object.getName() + " was cancelled");
        Transfer running;
        Optional<Transfer> queued;
        synchronized (this) {
            running = current != null && current.object == object ? current : null;
            queued = waiting.stream()
                    .filter(transfer -> transfer.object == object)
                    .findFirst();
            queued.ifPresent(waiting::remove);
        }
        queued.ifPresent(transfer -> end(transfer, Optional.empty(), why));
        if (running != null) {
            running.abort(why);
        }
        return running != null || queued.isPresent();
    }

    /** How many wait, the one that goes on not counted. */
    public synchronized int getQueueSize() {
        return waiting.size();
    }

    /** Cancels everything. */
    @Override
    public void close() {
        StorageException why = new StorageException(Kind.CANCELLED, "it is closed");
        Transfer running;
        List<Transfer> queued;
        synchronized (this) {
            closed = true;
            running = current;
            queued = List.copyOf(waiting);
            waiting.clear();
        }
        queued.forEach(transfer -> end(transfer, Optional.empty(), why));
        if (running != null) {
            running.abort(why);
        }
    }

    // ---- transfers ----

    void begin(Transfer transfer) {
        StorageException refusal = null;
        synchronized (this) {
            if (closed) {
                refusal = new StorageException(Kind.CANCELLED, "it is closed");
            } else if (waiting.size() >= settings.queued()) {
                refusal = new StorageException(Kind.FULL, waiting.size() + " contents wait already, the limit");
            } else {
                waiting.add(transfer);
            }
        }
        if (refusal == null) {
            tell(transfer.object, TransferState.QUEUED, 0);
            next();
        } else {
            end(transfer, Optional.empty(), refusal);
        }
    }

    /** Gives the next to the worker, if it has nothing to do. */
    private synchronized void next() {
        Transfer transfer = current == null ? waiting.poll() : null;
        if (transfer != null) {
            current = transfer;
            worker.execute(() -> run(transfer));
        }
    }

    private void run(Transfer transfer) {
        StorageException failure = null;
        Optional<StorageObject.Facts> facts = Optional.empty();
        try {
            watch(transfer);
            facts = Optional.of(move(transfer));
        } catch (StorageException why) {
            failure = why;
        } catch (RuntimeException bug) {
            LOG.error("storage[{}] could not be moved", transfer.object.getName(), bug);
            failure = new StorageException(Kind.LOCAL, "it could not be moved: " + bug, bug);
        }
        if (failure != null) {
            clear(transfer);
        }
        synchronized (this) {
            current = null;
        }
        end(transfer, facts, failure);
        next();
    }

    private StorageObject.Facts move(Transfer transfer) throws StorageException {
        Duration pause = settings.pause();
        for (int attempt = 0; ; attempt++) {
            try {
                transfer.check();
                return courier.move(transfer);
            } catch (StorageException failed) {
                if (!failed.isPassing() || attempt >= settings.retries() || !isRepeatable(transfer)) {
                    throw failed;
                }
                LOG.info("storage[{}] is tried again: {}", transfer.object.getName(), failed.getMessage());
                transfer.forgive();
                if (failed.kind() != Kind.DENIED) {
                    sleep(transfer, pause);
                    pause = pause.multipliedBy(2);
                }
            }
        }
    }

    /** A stream cannot go back: one that gives is used up, whatever was read of it, and one that takes can only be gone on with. */
    private static boolean isRepeatable(Transfer transfer) {
        boolean used = transfer.side instanceof StorageObject.Side.FromStream;
        boolean behind = transfer.side instanceof StorageObject.Side.ToStream && transfer.moved != transfer.given;
        return !used && !behind;
    }

    private void sleep(Transfer transfer, Duration pause) throws StorageException {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Loop.Timer timer = loop.schedule(pause, () -> over.complete(null));
        transfer.interruption(() -> over.complete(null));
        over.join();
        timer.cancel();
        transfer.check();
    }

    /** Aborts it when the network has moved nothing for too long, as long as it is the one that goes on. */
    private void watch(Transfer transfer) {
        loop.schedule(BETWEEN_LOOKS, () -> look(transfer));
    }

    private void look(Transfer transfer) {
        if (!isCurrent(transfer)) {
            return;
        }
        if (transfer.still(loop.nanoTime()) > settings.answerTimeout().toNanos()) {
            transfer.abort(new StorageException(Kind.UNREACHABLE, "nothing moved for " + settings.answerTimeout()));
        }
        watch(transfer);
    }

    private synchronized boolean isCurrent(Transfer transfer) {
        return current == transfer;
    }

    private static void clear(Transfer transfer) {
        try {
            if (transfer.side instanceof StorageObject.Side.To file) {
                Landing.File.forget(file.path());
            }
        } catch (IOException e) {
            LOG.warn("storage[{}] what came of it stays beside its place", transfer.object.getName(), e);
        }
    }

    private void end(Transfer transfer, Optional<StorageObject.Facts> facts, @Nullable StorageException failure) {
        TransferState state = TransferState.COMPLETED;
        if (failure != null) {
            state = failure.kind() == Kind.CANCELLED ? TransferState.CANCELLED : TransferState.FAILED;
        }
        tell(transfer.object, state, transfer.moved);
        callbacks.execute(() -> transfer.object.ended(facts, failure));
    }

    private void tell(StorageObject object, TransferState state, long bytes) {
        try {
            progress.progress(object, state, bytes);
        } catch (RuntimeException bug) {
            LOG.error("a progress callback failed", bug);
        }
    }
}

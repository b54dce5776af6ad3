package io.hawser.clever;

import io.hawser.clever.engine.CleverSettings;
import io.hawser.clever.engine.file.FileJail;
import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.net.Backoff;
import io.hawser.net.length.Keepalive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** How a peer behaves. Immutable; each method with a value gives a changed copy. */
public final class CleverOptions {
    private static final double JITTER = 0.5;

    private String label = "computer";
    private List<CleverHandlers> handlers = List.of();
    private CleverListener listener = new CleverListener() {};
    private Optional<Executor> executor = Optional.empty();
    private Optional<FilePlace> files = Optional.empty();
    private boolean resumeQueue;
    private boolean resendRequests = true;
    private boolean extras = true;
    private boolean keepsPeers;
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Optional<InetAddress> from = Optional.empty();
    private Duration connectTimeout = Duration.ofSeconds(2);
    private Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5), JITTER);
    private Keepalive keepalive = new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(3), 5);
    private Duration stallTimeout = Duration.ofSeconds(16);
    private Optional<CleverSettings.Ping> ping = Optional.empty();
    private int maxQueued = 100_000;
    private long maxQueuedBytes = 64L << 20;
    private CleverLimits limits = CleverLimits.DEFAULT;

    private CleverOptions() {}

    private CleverOptions(CleverOptions other) {
        label = other.label;
        handlers = other.handlers;
        listener = other.listener;
        executor = other.executor;
        files = other.files;
        resumeQueue = other.resumeQueue;
        resendRequests = other.resendRequests;
        extras = other.extras;
        keepsPeers = other.keepsPeers;
        requestTimeout = other.requestTimeout;
        from = other.from;
        connectTimeout = other.connectTimeout;
        backoff = other.backoff;
        keepalive = other.keepalive;
        stallTimeout = other.stallTimeout;
        ping = other.ping;
        maxQueued = other.maxQueued;
        maxQueuedBytes = other.maxQueuedBytes;
        limits = other.limits;
    }

    /** Everything as each method says. */
    public static CleverOptions defaults() {
        return new CleverOptions();
    }

    // ---- who hears ----

    /** With a name of our own for it, in logs: the original's {@code whoami}. By default {@code computer}. */
    public CleverOptions label(String own) {
        return with(changed -> changed.label = own);
    }

    /** With these registries: the first that knows a name handles it. By default none. */
    public CleverOptions handlers(CleverHandlers... registries) {
        return with(changed -> changed.handlers = List.of(registries));
    }

    /** With a listener to connections, files and problems. By default nobody. */
    public CleverOptions listener(CleverListener all) {
        return with(changed -> changed.listener = all);
    }

    /** With an executor for callbacks; each peer is called once at a time. By default threads of the library. */
    public CleverOptions executor(Executor callbacks) {
        return with(changed -> changed.executor = Optional.of(callbacks));
    }

    // ---- files ----

    /**
     * With a folder in which the peer may read and write files, and outside of which it gets nowhere. By default none: files
     * that come are thrown away, files that are asked for are not given. What has come of a file lies beside its place under a name
     * that begins with {@code .hawser-}, so that it can be gone on with; such files that nobody has written to for a day are deleted,
     * in the folder and all below, when a peer or a server with these options starts.
     *
     * @throws UncheckedIOException if there is no such folder, or the system cannot keep files inside it
     */
    public CleverOptions files(Path folder) {
        try {
            FileJail jail = FileJail.at(folder);
            return with(changed -> changed.files = Optional.of(jail));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder for files cannot be used: " + folder, e);
        }
    }

    // ---- when the connection is lost ----

    /**
     * With actions and files that were not sent waiting for the next connection. By default they fail: a command that comes
     * minutes late can do harm; say {@link CleverCommand#expiresAfter} if they wait.
     */
    public CleverOptions resumeQueue(boolean waits) {
        return with(changed -> changed.resumeQueue = waits);
    }

    /** With requests that were not answered asked again on the next connection, arguments and all. By default they are. */
    public CleverOptions resendRequests(boolean again) {
        return with(changed -> changed.resendRequests = again);
    }

    /** With waits between attempts to connect that grow from {@code first} to {@code max}. By default 0.5 s and 5 s. */
    public CleverOptions reconnectDelays(Duration first, Duration max) {
        return with(changed -> changed.backoff = new Backoff(first, max, JITTER));
    }

    /**
     * With a peer of a {@link CleverServer} for each address, that is the same one when somebody comes from there again; a newer
     * connection ends an older one, as in the original's server. By default each connection is a peer of its own.
     */
    public CleverOptions keepPeersByAddress() {
        return with(changed -> changed.keepsPeers = true);
    }

    /**
     * With an address of this machine's from which it connects, as the original's server tells its clients apart by their
     * addresses. By default the system chooses.
     */
    public CleverOptions connectFrom(InetAddress own) {
        return with(changed -> changed.from = Optional.of(own));
    }

    // ---- how long ----

    /** With a limit for answers, and for files to begin. By default 30 s. */
    public CleverOptions requestTimeout(Duration limit) {
        return with(changed -> changed.requestTimeout = positive("requestTimeout", limit));
    }

    /** With a limit for TCP to connect. By default 2 s. */
    public CleverOptions connectTimeout(Duration limit) {
        return with(changed -> changed.connectTimeout = positive("connectTimeout", limit));
    }

    /** With other times of TCP's keepalive, whole seconds. By default 1 s idle, then 5 questions every 3 s. */
    public CleverOptions keepalive(Duration idle, Duration interval, int probes) {
        return with(changed -> changed.keepalive = new Keepalive(idle, interval, probes));
    }

    /** With a limit for how long nothing of what was sent may leave this machine. By default 16 s. */
    public CleverOptions stallTimeout(Duration limit) {
        return with(changed -> changed.stallTimeout = positive("stallTimeout", limit));
    }

    /**
     * With a question to a peer that has said nothing for {@code interval}: the connection of one that does not answer within
     * {@code patience} is dropped. It is also asked behind actions that expire, see {@link CleverCommand#expiresAfter}. An original
     * must know the {@code request}; copters know {@code time}. By default none.
     */
    public CleverOptions ping(String request, Duration interval, Duration patience) {
        return with(changed -> changed.ping = Optional.of(
                new CleverSettings.Ping(request, positive("interval", interval), positive("patience", patience))));
    }

    // ---- how much ----

    /** With a limit of what may wait to be sent. By default 100,000 frames and 64 MiB. */
    public CleverOptions maxQueued(int frames, long bytes) {
        return with(changed -> {
            changed.maxQueued = frames;
            changed.maxQueuedBytes = bytes;
        });
    }

    /** With other limits of what comes in. */
    public CleverOptions limits(CleverLimits other) {
        return with(changed -> changed.limits = other);
    }

    /** With nothing said beyond the original's protocol. By default the peer says that it is one of ours. */
    public CleverOptions withoutExtras() {
        return with(changed -> changed.extras = false);
    }

    // ---- for the package ----

    String label() {
        return label;
    }

    List<CleverHandlers> handlers() {
        return handlers;
    }

    CleverListener listener() {
        return listener;
    }

    Executor executor() {
        return executor.orElseGet(Threads::callbacks);
    }

    boolean keepsPeers() {
        return keepsPeers;
    }

    Duration requestTimeout() {
        return requestTimeout;
    }

    Optional<InetAddress> from() {
        return from;
    }

    /** Sweeps the folder for files, later. */
    void sweep() {
        files.ifPresent(place -> Threads.disks().execute(place::sweep));
    }

    CleverSettings settings() {
        return new CleverSettings(
                resumeQueue,
                resendRequests,
                extras,
                maxQueued,
                maxQueuedBytes,
                keepalive,
                stallTimeout,
                ping,
                connectTimeout,
                backoff,
                limits,
                files);
    }

    private CleverOptions with(Consumer<CleverOptions> change) {
        CleverOptions changed = new CleverOptions(this);
        change.accept(changed);
        return changed;
    }

    private static Duration positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }
}

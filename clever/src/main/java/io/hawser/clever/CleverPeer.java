package io.hawser.clever;

import io.hawser.clever.engine.CleverCount;
import io.hawser.clever.engine.CleverParty;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.engine.file.FileJail;
import io.hawser.clever.engine.file.FileSink;
import io.hawser.clever.engine.file.MemorySink;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Another program that speaks clever-show's protocol, an original or one of ours: what it is told, asked and sent, and what it
 * tells, asks and sends. The two ends are alike, whoever has connected. Every method may be called from any thread.
 *
 * <pre>{@code
 * CleverPeer server = CleverPeer.connect("192.168.1.101:25000", CleverOptions.defaults());
 * server.send("telemetry");
 * server.request("time").thenAccept(System.out::println);
 * }</pre>
 *
 * <p>Futures complete, and handlers are called, on the peer's callback executor, one after the other; so never wait there for a
 * future. Futures fail with a {@link CleverException}. What is said before the first connection is open waits for it; what
 * becomes of things when a connection is lost stands in {@link CleverOptions#resumeQueue} and
 * {@link CleverOptions#resendRequests}.
 */
public final class CleverPeer implements AutoCloseable {
    /** The port of the original's server. */
    public static final int PORT = 25_000;

    /** The longest file that is got as bytes. */
    public static final int MAX_BYTES_IN_MEMORY = 64 << 20;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CleverProgress UNHEARD = (bytes, total) -> {};

    private final CleverOptions options;
    private final Loop loop;
    private final PeerEvents events;
    private final CleverParty party;

    CleverPeer(CleverOptions options, Loop loop, Consumer<CleverPeer> ended) {
        this.options = options;
        this.loop = loop;
        Callbacks callbacks =
                new Callbacks(options.executor(), () -> reading(false), () -> onLoop(() -> reading(true)));
        this.events = new PeerEvents(this, options, callbacks, () -> ended.accept(this));
        this.party = new CleverParty(loop, options.settings(), Threads.disks(), RANDOM, events);
    }

    /**
     * Connects to {@code address}, and again whenever the connection is lost, until the peer is closed. Returns at once; see
     * {@link #connected}.
     *
     * @param address {@code host} or {@code host:port}, {@value #PORT} if not given
     * @throws IllegalArgumentException if it is no address
     */
    public static CleverPeer connect(String address, CleverOptions options) {
        InetSocketAddress to = CleverAddress.parse(address);
        CleverPeer peer = new CleverPeer(options, Threads.loop(), ended -> {});
        options.sweep();
        peer.onLoop(() -> peer.party.dial(to, options.from()));
        return peer;
    }

    // ---- the connection ----

    /** Completes when a connection is open, at once if one is; fails with a {@link CleverClosedException} at the end. */
    public CompletableFuture<CleverPeer> connected() {
        return events.connected().copy();
    }

    /** True if a connection is open now. */
    public boolean isConnected() {
        return remote().isPresent();
    }

    /** Where the other side is, while a connection is open. */
    public Optional<InetSocketAddress> remote() {
        return events.remote();
    }

    /** Ends the connection at once; a peer that we have connected to is connected to again. */
    public void reconnect() {
        onLoop(() -> party.hangUp("the program wants a new connection"));
    }

    /** Ends the connection for good. What was handed to the network still goes; what waits, and what waits for an answer, fails. */
    @Override
    public void close() {
        onLoop(() -> {
            party.end("the program has closed the peer");
            if (!isConnected()) {
                events.over("the program has closed the peer");
            }
        });
    }

    // ---- actions and requests ----

    /** {@link #send(CleverCommand)} without arguments. */
    public CompletableFuture<Void> send(String action) {
        return send(CleverCommand.of(action));
    }

    /**
     * Tells the peer to do something. It does not say whether it has.
     *
     * @return completes when the action is handed to the network, or, if it expires and there is a {@link CleverOptions#ping}, when
     *     an answer has shown that the peer has it; fails with {@link CleverClosedException},
     *     {@link CleverExpiredException} or {@link CleverOverflowException}
     * @throws IllegalArgumentException if it cannot be said
     */
    public CompletableFuture<Void> send(CleverCommand action) {
        return ask(outcome -> party.send(action.question(), outcome), CleverPeer::nothing, UNHEARD, value -> {});
    }

    /**
     * Tells a peer of ours to do something.
     *
     * @return completes when the peer has done it; fails like {@link #send(CleverCommand)}, and with
     *     {@link CleverRefusedException}, {@link CleverTimeoutException} or {@link CleverUnsupportedException}
     * @throws IllegalArgumentException if it cannot be said
     */
    public CompletableFuture<Void> sendAcknowledged(CleverCommand action) {
        return ask(
                outcome -> party.sendAcknowledged(action.question(), action.patience(options), outcome),
                CleverPeer::nothing,
                UNHEARD,
                value -> {});
    }

    /** {@link #request(CleverCommand)} without arguments. */
    public CompletableFuture<Value> request(String name) {
        return request(CleverCommand.of(name));
    }

    /**
     * Asks the peer.
     *
     * @return completes with the answer, which may be null as a value; fails with {@link CleverTimeoutException} (originals do
     *     not say what is wrong), {@link CleverRefusedException}, {@link CleverClosedException},
     *     {@link CleverExpiredException} or {@link CleverOverflowException}
     * @throws IllegalArgumentException if it cannot be said
     */
    public CompletableFuture<Value> request(CleverCommand request) {
        return request(request, value -> {});
    }

    /** {@link #request(CleverCommand)}; {@code steps} hears how far a peer of ours is. */
    public CompletableFuture<Value> request(CleverCommand request, Consumer<Value> steps) {
        if (request.name().equals(CleverFrame.FILE)) {
            throw new IllegalArgumentException("the request " + CleverFrame.FILE + " brings a file: use getFile");
        }
        return ask(
                outcome -> party.request(request.question(), request.patience(options), outcome),
                value -> value,
                UNHEARD,
                steps);
    }

    // ---- files ----

    /** {@link #sendFile(Path, String, CleverProgress)} that nobody watches. */
    public CompletableFuture<Void> sendFile(Path file, String destination) {
        return sendFile(file, destination, UNHEARD);
    }

    /**
     * Sends {@code file}, without holding it in memory.
     *
     * @param destination where the peer shall put it, as the peer names files; one of ours takes relative paths only
     * @return completes when the file is handed to the network, or, if the peer is one of ours, when it is in its place there,
     *     whole and synced; fails like {@link #send(CleverCommand)}, and with {@link CleverFileException} or
     *     {@link CleverRefusedException}
     */
    public CompletableFuture<Void> sendFile(Path file, String destination, CleverProgress progress) {
        return ask(
                outcome -> party.sendFile(FileJail.ours(file), destination, outcome),
                CleverPeer::nothing,
                progress,
                value -> {});
    }

    /** {@link #getFile(String, Path, CleverProgress)} that nobody watches. */
    public CompletableFuture<Long> getFile(String source, Path file) {
        return getFile(source, file, UNHEARD);
    }

    /**
     * Gets a file of the peer, without holding it in memory.
     *
     * @param source how the peer names it
     * @param file where it goes; what is there is replaced when the new file is whole, and only then
     * @return completes with its length when it is in its place, synced; fails like {@link #request(CleverCommand)}, and with
     *     {@link CleverFileException}
     */
    public CompletableFuture<Long> getFile(String source, Path file, CleverProgress progress) {
        return fetch(source, () -> FileJail.oursAt(file), CleverPeer::length, progress);
    }

    /** Gets a file of the peer, of at most {@value #MAX_BYTES_IN_MEMORY} bytes, into memory. */
    public CompletableFuture<byte[]> getFile(String source) {
        AtomicReference<MemorySink> last = new AtomicReference<>(new MemorySink(MAX_BYTES_IN_MEMORY));
        return fetch(
                source,
                () -> last.updateAndGet(before -> new MemorySink(MAX_BYTES_IN_MEMORY)),
                value -> Objects.requireNonNull(last.get()).bytes(),
                UNHEARD);
    }

    private <T> CompletableFuture<T> fetch(
            String source, Supplier<FileSink> into, Function<Value, T> result, CleverProgress progress) {
        return ask(
                outcome -> party.fetch(source, into, options.requestTimeout(), outcome), result, progress, value -> {});
    }

    // ---- what is going on ----

    /** What was asked and is not answered, in order. Never on the loop, so not in an executor that runs what it gets at once. */
    public List<CleverPending> pending() {
        return fromLoop(() -> party.unanswered().stream()
                .map(asked -> new CleverPending(
                        asked.question().name(),
                        asked.question().args(),
                        asked.question().kwargs(),
                        asked.age()))
                .toList());
    }

    /** How many frames and files wait to be sent. As {@link #pending}. */
    public int queued() {
        return fromLoop(party::queued);
    }

    /** How often {@code what} has happened. */
    public long count(CleverCount what) {
        return party.count(what);
    }

    /** The label and where the other side is. */
    @Override
    public String toString() {
        return options.label() + "[" + remote().map(InetSocketAddress::toString).orElse("not connected") + "]";
    }

    // ---- for the package ----

    CleverParty party() {
        return party;
    }

    void onLoop(Runnable task) {
        loop.execute(task);
    }

    private void reading(boolean on) {
        party.reading(on);
    }

    private <T> T fromLoop(Supplier<T> task) {
        return loop.inLoop()
                ? task.get()
                : CompletableFuture.supplyAsync(task, loop).join();
    }

    private <T> CompletableFuture<T> ask(
            Asking asking, Function<Value, T> result, CleverProgress progress, Consumer<Value> steps) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            asking.with(events.outcome(future, result, progress, steps));
        } catch (ProtocolException unsayable) {
            throw new IllegalArgumentException(unsayable.reason(), unsayable);
        }
        return future;
    }

    private static Void nothing(Value value) {
        return null;
    }

    private static long length(Value value) {
        return value instanceof Value.Int bytes ? bytes.value() : 0;
    }

    private interface Asking {
        void with(Outcome outcome) throws ProtocolException;
    }
}

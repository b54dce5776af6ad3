package io.hawser.eftl;

import io.hawser.eftl.engine.Delivery;
import io.hawser.eftl.engine.Operation;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.Feed;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ServerFrame;
import io.hawser.eftl.wire.ServerFrame.ChangeKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A map of messages that the server keeps ({@code specs/eftl.md} 1.13). It comes to be with its first key. Callable from any
 * thread; futures fail with an {@link EftlException}, {@link EftlRefusedException} with code 14 or 30 if the server said no.
 *
 * <p>Every change of a map has a revision, and revisions grow. What tells or asks for revisions, lists keys or watches is
 * known to Hawser's own hub alone; with other servers it fails with an {@link EftlUnsupportedException}.
 */
public final class EftlKVMap {
    /** The code of an {@link EftlRefusedException} when a key has another revision than was asked for. */
    public static final int CONFLICT = EftlError.MAP_CONFLICT.code();

    /**
     * One key.
     *
     * @param key the key
     * @param revision of the change that set the value; positive, growing with every change of any map of the server
     * @param value the message under it
     */
    public record Entry(String key, long revision, EftlMessage value) {}

    /** Hears the changes of a map. Called on the connection's executor, one after the other. */
    @FunctionalInterface
    public interface Listener {
        /** A key has changed, or all that was told is to be forgotten. */
        void changed(Change change);
    }

    /**
     * What happened to a key.
     *
     * @param kind what it was
     * @param key the key; empty if all are to be forgotten
     * @param revision the number of the change; 0 if all are to be forgotten
     * @param time when it was made, as far as the server tells
     * @param value what is under the key now, if anything is
     */
    public record Change(
            ChangeKind kind, String key, long revision, Optional<Instant> time, Optional<EftlMessage> value) {
        static Change of(EftlMessage message) {
            ServerFrame.Change change = message.delivery()
                    .map(Delivery::event)
                    .flatMap(ServerFrame.Event::change)
                    .orElseGet(() -> new ServerFrame.Change(ChangeKind.RESTARTED, "", 0));
            return new Change(
                    change.kind(),
                    change.key(),
                    change.revision(),
                    message.time(),
                    Optional.of(message).filter(any -> change.kind() == ChangeKind.SET));
        }
    }

    private final EftlConnection connection;
    private final Operations operations;
    private final String name;

    EftlKVMap(EftlConnection connection, Operations operations, String name) {
        this.connection = connection;
        this.operations = operations;
        this.name = name;
    }

    /** The map's name. */
    public String name() {
        return name;
    }

    /** The message under {@code key}, empty if there is none. */
    public CompletableFuture<Optional<EftlMessage>> get(String key) {
        return operations.ask(
                outcome -> Operation.map(seq -> new ClientFrame.MapGet(seq, name, key), outcome),
                (value, revision) -> value.map(body -> EftlMessage.of(body.fields())));
    }

    /** Puts {@code value} under {@code key}, in place of what was there. Completes when the server has done it. */
    public CompletableFuture<Void> set(String key, EftlMessage value) {
        return operations.ask(
                value,
                body -> outcome -> Operation.map(
                        seq -> new ClientFrame.MapSet(seq, name, key, body, OptionalLong.empty()), outcome),
                EftlConnection.NOTHING);
    }

    /** Takes {@code key} and its message away, if they are there. Completes when the server has done it. */
    public CompletableFuture<Void> remove(String key) {
        return operations.ask(
                outcome ->
                        Operation.map(seq -> new ClientFrame.MapRemove(seq, name, key, OptionalLong.empty()), outcome),
                EftlConnection.NOTHING);
    }

    // ---- what only Hawser's own hub knows ----

    /** The message under {@code key} with its revision, empty if there is none. */
    public CompletableFuture<Optional<Entry>> entry(String key) {
        return operations.ask(
                outcome -> Operation.ourMap(seq -> new ClientFrame.MapGet(seq, name, key), outcome),
                (value, revision) -> value.map(body -> new Entry(key, revision, EftlMessage.of(body.fields()))));
    }

    /**
     * Puts {@code value} under {@code key} if nothing is there.
     *
     * @return completes with the revision; fails with an {@link EftlRefusedException} of code {@link #CONFLICT} if something is
     */
    public CompletableFuture<Long> create(String key, EftlMessage value) {
        return replace(key, value, 0);
    }

    /**
     * Puts {@code value} under {@code key} if what is there has {@code revision}, 0 for nothing.
     *
     * @return completes with the new revision; fails with an {@link EftlRefusedException} of code {@link #CONFLICT} if it has
     *     another: read it again
     */
    public CompletableFuture<Long> replace(String key, EftlMessage value, long revision) {
        return operations.ask(
                value,
                body -> outcome -> Operation.ourMap(
                        seq -> new ClientFrame.MapSet(seq, name, key, body, OptionalLong.of(revision)), outcome),
                (none, now) -> now);
    }

    /** Takes {@code key} away if it has {@code revision}; completes with the revision of that, or fails like {@link #replace}. */
    public CompletableFuture<Long> remove(String key, long revision) {
        return operations.ask(
                outcome -> Operation.ourMap(
                        seq -> new ClientFrame.MapRemove(seq, name, key, OptionalLong.of(revision)), outcome),
                (none, now) -> now);
    }

    /** The keys that begin with {@code prefix}, empty for all, in the order of their bytes. Asks page by page. */
    public CompletableFuture<List<String>> keys(String prefix) {
        return keys(prefix, "", new ArrayList<>());
    }

    private CompletableFuture<List<String>> keys(String prefix, String after, List<String> before) {
        CompletableFuture<EftlMessage> page = operations.ask(
                outcome -> Operation.ourMap(seq -> new ClientFrame.MapKeys(seq, name, prefix, after), outcome),
                (value, revision) ->
                        value.map(Body::fields).map(EftlMessage::of).orElseGet(EftlMessage.builder()::build));
        return page.thenCompose(keys -> {
            before.addAll(keys.getStringArray("keys").orElse(List.of()));
            Optional<String> next = keys.getString("after");
            return next.isPresent() ? keys(prefix, next.get(), before) : CompletableFuture.completedFuture(before);
        });
    }

    /**
     * Tells {@code listener} the keys that begin with {@code prefix} and their values, oldest change first, and then every
     * change. While the connection is lost, of each key the newest change is kept; what changes faster than the program
     * listens comes as the newest change of each key too.
     *
     * @return completes when the server has confirmed; {@link EftlSubscription#close} ends it
     */
    public CompletableFuture<EftlSubscription> watch(String prefix, Listener listener) {
        return watch(prefix, OptionalLong.of(0), listener);
    }

    /** As {@link #watch}, without the values that are there already. */
    public CompletableFuture<EftlSubscription> watchChanges(String prefix, Listener listener) {
        return watch(prefix, OptionalLong.empty(), listener);
    }

    private CompletableFuture<EftlSubscription> watch(String prefix, OptionalLong since, Listener listener) {
        return connection.subscribe(
                SubscribeOptions.everything().acknowledged(AckMode.NONE),
                Optional.of(new Feed(Optional.of(name), prefix, since)),
                message -> listener.changed(Change.of(message)));
    }
}

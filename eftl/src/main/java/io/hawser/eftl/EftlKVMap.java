package io.hawser.eftl;

import io.hawser.eftl.engine.Operation;
import io.hawser.eftl.wire.ClientFrame;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A map of messages that the server keeps ({@code specs/eftl.md} 1.13). It comes to be with its first key. Callable from any
 * thread; futures fail with an {@link EftlException}, {@link EftlRefusedException} with code 14 or 30 if the server said no.
 */
public final class EftlKVMap {
    private final Operations operations;
    private final String name;

    EftlKVMap(Operations operations, String name) {
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
                (value, receivers) -> value.map(body -> EftlMessage.of(body.fields())));
    }

    /** Puts {@code value} under {@code key}, in place of what was there. Completes when the server has done it. */
    public CompletableFuture<Void> set(String key, EftlMessage value) {
        return operations.ask(
                value,
                body -> outcome -> Operation.map(seq -> new ClientFrame.MapSet(seq, name, key, body), outcome),
                EftlConnection.NOTHING);
    }

    /** Takes {@code key} and its message away, if they are there. Completes when the server has done it. */
    public CompletableFuture<Void> remove(String key) {
        return operations.ask(
                outcome -> Operation.map(seq -> new ClientFrame.MapRemove(seq, name, key), outcome),
                EftlConnection.NOTHING);
    }
}

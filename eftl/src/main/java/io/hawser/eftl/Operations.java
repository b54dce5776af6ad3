package io.hawser.eftl;

import io.hawser.eftl.EftlOptions.WhenFull;
import io.hawser.eftl.engine.ClientEngine;
import io.hawser.eftl.engine.Failure;
import io.hawser.eftl.engine.Operation;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlError;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.Loop;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the program asks for into operations of the engine, and their outcomes into futures. Callable from any thread;
 * futures complete on the connection's executor.
 */
final class Operations {
    private final Loop loop;
    private final ClientEngine engine;
    private final EftlCodec codec;
    private final Callbacks callbacks;
    private final SendWindow window;
    private final WhenFull whenFull;

    Operations(Loop loop, ClientEngine engine, EftlCodec codec, Callbacks callbacks, EftlOptions options) {
        this.loop = loop;
        this.engine = engine;
        this.codec = codec;
        this.callbacks = callbacks;
        this.window = new SendWindow(options.maxUnacknowledged(), options.maxUnacknowledgedBytes());
        this.whenFull = options.whenFull();
    }

    /** What an operation gives, from its outcome. */
    @FunctionalInterface
    interface Result<T> {
        @Nullable
        T of(Optional<Body> body, long receivers);
    }

    /**
     * Asks for something that carries {@code message}.
     *
     * @throws IllegalArgumentException if eFTL cannot say the message
     */
    <T> CompletableFuture<T> ask(
            EftlMessage message, Function<Body, Function<Operation.Outcome, Operation>> asking, Result<T> result) {
        Body body;
        try {
            body = codec.bodies().encode(message.fields());
        } catch (ProtocolException unsayable) {
            throw new IllegalArgumentException(unsayable.reason(), unsayable);
        }
        return ask(body.json().length, asking.apply(body), result);
    }

    /** Asks for something that carries no message. */
    <T> CompletableFuture<T> ask(Function<Operation.Outcome, Operation> asking, Result<T> result) {
        return ask(0, asking, result);
    }

    private <T> CompletableFuture<T> ask(int bytes, Function<Operation.Outcome, Operation> asking, Result<T> result) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (enter(bytes)) {
            Operation operation = asking.apply(new Telling<>(bytes, future, result));
            loop.execute(() -> engine.ask(operation));
        } else {
            callbacks.tell(() -> future.completeExceptionally(new EftlOverflowException(
                    EftlError.PUBLISH_FAILED.code(), "too much waits for the server's answers already")));
        }
        return future;
    }

    /** A listener never waits: the answers that would make room come to it. */
    private boolean enter(int bytes) {
        if (whenFull == WhenFull.FAIL || callbacks.inside()) {
            return window.tryEnter(bytes);
        }
        try {
            window.enter(bytes);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Completes a future on the program's executor, and only then makes room for another operation. */
    private final class Telling<T> implements Operation.Outcome {
        private final int bytes;
        private final CompletableFuture<T> future;
        private final Result<T> result;

        Telling(int bytes, CompletableFuture<T> future, Result<T> result) {
            this.bytes = bytes;
            this.future = future;
            this.result = result;
        }

        @Override
        public void done(Optional<Body> body, long receivers) {
            callbacks.tell(() -> {
                window.leave(bytes);
                future.complete(result.of(body, receivers));
            });
        }

        @Override
        public void failed(Failure why) {
            callbacks.tell(() -> {
                window.leave(bytes);
                future.completeExceptionally(EftlException.of(why));
            });
        }
    }

    /**
     * How much may wait for the server's answers, by number and by bytes. Any thread enters, and either waits for its turn or is
     * turned away.
     */
    private static final class SendWindow {
        /** About what an operation costs beside its body. */
        private static final int OVERHEAD = 256;

        private final int bytesLimit;
        private final Semaphore operations;
        private final Semaphore bytes;

        SendWindow(int operations, int bytes) {
            this.bytesLimit = bytes;
            this.operations = new Semaphore(operations);
            this.bytes = new Semaphore(bytes);
        }

        /** True if there was room for an operation with a body of {@code size} bytes. */
        boolean tryEnter(int size) {
            if (!operations.tryAcquire()) {
                return false;
            }
            if (!bytes.tryAcquire(cost(size))) {
                operations.release();
                return false;
            }
            return true;
        }

        /** Waits until there is room. */
        void enter(int size) throws InterruptedException {
            operations.acquire();
            try {
                bytes.acquire(cost(size));
            } catch (InterruptedException stopped) {
                operations.release();
                throw stopped;
            }
        }

        void leave(int size) {
            bytes.release(cost(size));
            operations.release();
        }

        /** A body that is larger than the whole window goes alone. */
        private int cost(int size) {
            return (int) Math.min(bytesLimit, (long) size + OVERHEAD);
        }
    }
}

package io.hawser.iot.storage;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where contents are kept, and the token that lets us in: asked from the server, used for a while, asked again when it does not let
 * us in any more ({@code specs/iot.md} 1.8). Callable from any thread but the loop's, for it waits.
 */
final class StorageDoor {
    static final String PATH = "provisioner/storage";

    private final Supplier<CompletableFuture<Optional<byte[]>>> server;
    private final Duration life;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Json json = new Json(IotLimits.DEFAULT);
    private @Nullable Key key;

    /** What opens the door until {@code end}, by {@code nanoTime}. */
    record Key(URI container, String token, long end) {}

    /** @param server asks the server for {@value #PATH} */
    StorageDoor(
            Supplier<CompletableFuture<Optional<byte[]>>> server,
            Duration life,
            Duration patience,
            LongSupplier nanoTime) {
        this.server = server;
        this.life = life;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /** The key that is good now, as far as we know. */
    synchronized Key key() throws StorageException {
        Key known = key;
        if (known == null || known.end() - nanoTime.getAsLong() <= 0) {
            known = ask();
            key = known;
        }
        return known;
    }

    /** {@code refused} does not let us in. */
    synchronized void reject(Key refused) {
        if (refused.equals(key)) {
            key = null;
        }
    }

    private Key ask() throws StorageException {
        CompletableFuture<Optional<byte[]>> answer = server.get();
        try {
            byte[] body = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .orElseThrow(() -> new StorageException(
                            StorageException.Kind.REFUSED, "the server keeps no contents: it does not know " + PATH));
            return read(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StorageException(
                    StorageException.Kind.CANCELLED, "interrupted while asking for a token", stopped);
        } catch (TimeoutException late) {
            answer.cancel(false);
            throw new StorageException(
                    StorageException.Kind.UNREACHABLE, "no answer for " + PATH + " within " + patience, late);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StorageException(
                    StorageException.Kind.UNREACHABLE, "no token for contents: " + cause.getMessage(), cause);
        }
    }

    private Key read(byte[] body) throws StorageException {
        try {
            Fields said = json.object(body);
            URI container = URI.create(said.string("storageContainerUrl").orElse(""));
            String token = said.string("authToken").orElse("");
            if (!"https".equals(container.getScheme()) || container.getHost() == null || token.isEmpty()) {
                throw new StorageException(
                        StorageException.Kind.REFUSED, "the server names no https container, or no token, at " + PATH);
            }
            return new Key(container, token, nanoTime.getAsLong() + life.toNanos());
        } catch (ProtocolException | IllegalArgumentException garbled) {
            throw new StorageException(
                    StorageException.Kind.REFUSED, PATH + " makes no sense: " + garbled.getMessage(), garbled);
        }
    }
}

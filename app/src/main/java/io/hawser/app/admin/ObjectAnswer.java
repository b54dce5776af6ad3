package io.hawser.app.admin;

import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpSource;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * An object as an answer, chunk by chunk, as fast as it is read at the other side. One that turns out damaged breaks the connection.
 * One piece at a time is read, and the offset belongs to whoever has it.
 */
final class ObjectAnswer implements HttpSource {
    private final ObjectReader reader;
    private long offset;

    private ObjectAnswer(ObjectReader reader) {
        this.reader = reader;
    }

    /** Answers with what {@code reader} reads, and closes it; called on the exchange's loop. */
    static void begin(HttpExchange exchange, ObjectReader reader) {
        exchange.stream(
                HttpResponse.of(200)
                        .with("Content-Type", "application/octet-stream")
                        .with("Content-Length", String.valueOf(reader.info().size()))
                        .with("ETag", '"' + reader.info().sha256() + '"'),
                new ObjectAnswer(reader));
    }

    @Override
    public CompletableFuture<ByteBuffer> next() {
        return reader.read(offset, StoredObjects.CHUNK).thenApply(this::given);
    }

    private ByteBuffer given(ByteBuffer piece) {
        offset += piece.remaining();
        return piece;
    }

    @Override
    public void close() {
        reader.close();
    }
}

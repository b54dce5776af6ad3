package io.hawser.app.admin;

import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object as an answer, chunk by chunk, as fast as it is read at the other side. One that turns out damaged ends too early: whoever
 * gets it compares the hash. All fields belong to the exchange's loop.
 */
final class ObjectAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectAnswer.class);

    private final HttpExchange exchange;
    private final ObjectReader reader;
    private final HttpStream stream;
    private long offset;
    private boolean reading;
    private boolean over;

    private ObjectAnswer(HttpExchange exchange, ObjectReader reader) {
        this.exchange = exchange;
        this.reader = reader;
        this.stream = exchange.stream(HttpResponse.of(200)
                .with("Content-Type", "application/octet-stream")
                .with("ETag", '"' + reader.info().sha256() + '"'));
    }

    /** Answers with what {@code reader} reads, and closes it; called on the exchange's loop. */
    static void begin(HttpExchange exchange, ObjectReader reader) {
        ObjectAnswer answer = new ObjectAnswer(exchange, reader);
        exchange.whenGone(answer::end);
        answer.stream.whenWritable(answer::next);
        answer.next();
    }

    private void next() {
        if (over || reading || !stream.writable()) {
            return;
        }
        reading = true;
        reader.read(offset, StoredObjects.CHUNK).whenCompleteAsync(this::send, exchange.loop());
    }

    private void send(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
        reading = false;
        if (over) {
            return;
        }
        if (chunk == null || !chunk.hasRemaining()) {
            if (failure != null) {
                LOG.error(
                        "the file {} was not sent as a whole: {}", reader.info().name(), failure.getMessage());
            }
            stream.end();
            end();
            return;
        }
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        offset += bytes.length;
        stream.send(bytes);
        next();
    }

    private void end() {
        if (!over) {
            over = true;
            reader.close();
        }
    }
}

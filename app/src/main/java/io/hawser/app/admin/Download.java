package io.hawser.app.admin;

import io.hawser.net.Connection;
import io.hawser.net.http.HttpReader;
import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body is read by a thread that may wait: what has come waits for it, and while that is much nothing more is
 * taken from the network. Written by the client's loop, read by one thread, which owns {@code piece} and {@code at}.
 */
public final class Download extends InputStream implements HttpReader {
    private static final long MOST_WAITING = 1 << 20;
    private static final byte[] END = {};

    private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private volatile @Nullable Connection connection;
    private volatile @Nullable String failure;
    private byte[] piece = END;
    private int at;
    private boolean over;

    /** Completes, on the client's loop, with status and headers; exceptionally with an {@link IOException}. */
    public CompletableFuture<HttpResponse> head() {
        return head;
    }

    @Override
    public void head(HttpResponse begun, Connection from) {
        connection = from;
        head.complete(begun);
    }

    @Override
    public void piece(byte[] bytes) {
        pieces.add(bytes);
        if (waiting.addAndGet(bytes.length) > MOST_WAITING) {
            Objects.requireNonNull(connection).reading(false);
        }
    }

    @Override
    public void end() {
        pieces.add(END);
    }

    @Override
    public void failed(String why) {
        failure = why;
        head.completeExceptionally(new IOException(why));
        pieces.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length > 0 && at == piece.length && !next()) {
            return -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, to, offset, count);
        at += count;
        return count;
    }

    /** True if there is more. */
    private boolean next() throws IOException {
        if (!over) {
            try {
                piece = pieces.take();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("stopped").initCause(stopped);
            }
            at = 0;
            over = piece.length == 0;
            Connection from = connection;
            if (waiting.addAndGet(-piece.length) <= MOST_WAITING / 2 && from != null) {
                from.loop().execute(() -> from.reading(true));
            }
        }
        String why = failure;
        if (over && why != null) {
            throw new IOException(why);
        }
        return !over;
    }

    /** Lets go of what has not been read. */
    @Override
    public void close() {
        Connection from = connection;
        if (from != null) {
            from.loop().execute(from::drop);
        }
    }
}

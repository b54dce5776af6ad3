package io.hawser.app.admin;

import io.hawser.net.Loop;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body that one thread writes, and waits while the other side reads slowly: at most so many pieces are on their
 * way. The answer begins with the first bytes, so that until then it may be another one. {@code piece} and {@code filled}
 * belong to the writing thread, {@code stream} and {@code sent} to the exchange's loop.
 */
final class SlowOutput extends OutputStream {
    private static final int PIECE = 1 << 16;
    private static final int PIECES = 16;

    private final HttpExchange exchange;
    private final Loop loop;
    private final HttpResponse head;
    private final Semaphore room = new Semaphore(PIECES);
    private volatile boolean gone;
    private final byte[] piece = new byte[PIECE];
    private int filled;
    private @Nullable HttpStream stream;
    private int sent;

    /** The body of an answer with {@code head}; called on the loop. */
    SlowOutput(HttpExchange exchange, HttpResponse head) {
        this.exchange = exchange;
        this.loop = exchange.loop();
        this.head = head;
        exchange.whenGone(() -> {
            gone = true;
            room.release(PIECES);
        });
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        while (from < offset + length) {
            int count = Math.min(offset + length - from, PIECE - filled);
            System.arraycopy(bytes, from, piece, filled, count);
            filled += count;
            from += count;
            if (filled == PIECE) {
                hand();
            }
        }
    }

    /** Hands over what was gathered. */
    private void hand() throws IOException {
        try {
            room.acquire();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("stopped").initCause(stopped);
        }
        if (gone) {
            throw new IOException("whoever asked for it is gone");
        }
        byte[] bytes = Arrays.copyOf(piece, filled);
        filled = 0;
        loop.execute(() -> send(bytes));
    }

    private void send(byte[] bytes) {
        if (stream == null) {
            stream = exchange.stream(head);
            stream.whenWritable(this::makeRoom);
        }
        stream.send(bytes);
        sent++;
        makeRoom();
    }

    private void makeRoom() {
        if (stream != null && stream.writable()) {
            room.release(sent);
            sent = 0;
        }
    }

    /** The body is complete. */
    @Override
    public void close() throws IOException {
        hand();
        loop.execute(this::end);
    }

    /** The body will not be complete: {@code refusal} is the answer if none has begun. */
    void fail(HttpResponse refusal) {
        loop.execute(() -> {
            if (stream == null) {
                exchange.answer(refusal);
            } else {
                end();
            }
        });
    }

    private void end() {
        if (stream != null) {
            stream.end();
        }
    }
}

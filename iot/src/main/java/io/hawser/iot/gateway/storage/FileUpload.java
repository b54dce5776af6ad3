package io.hawser.iot.gateway.storage;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.Upload;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.net.http.HttpBody;
import io.hawser.net.http.HttpExchange;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way into the store, as fast as that takes it: while much is under way nothing more is read. One that breaks off leaves
 * nothing. Owner: the connection's loop.
 */
final class FileUpload implements HttpBody {
    private static final int BLOCK = 64 << 10;
    private static final int MOST_UNDER_WAY = Upload.WINDOW / 2;

    private final HttpExchange exchange;
    private final Upload upload;
    private final ObjectMetadata metadata;
    private final MessageDigest digest = Digests.md5();
    private final CompletableFuture<ObjectInfo> done = new CompletableFuture<>();
    /** What has come and is too short to be written; clients send pieces of 1 KiB. */
    private final byte[] block = new byte[BLOCK];

    private int filled;
    private long underWay;
    private boolean paused;
    private boolean ended;
    private @Nullable Throwable failure;

    FileUpload(HttpExchange exchange, Upload upload, ObjectMetadata metadata) {
        this.exchange = exchange;
        this.upload = upload;
        this.metadata = metadata;
    }

    /** Takes at most {@code most} bytes; completes with what is in the store then, on any thread. */
    CompletableFuture<ObjectInfo> take(long most) {
        exchange.body(most, this);
        return done;
    }

    @Override
    public void piece(byte[] bytes) {
        if (failure != null) {
            return;
        }
        digest.update(bytes);
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(BLOCK - filled, bytes.length - from);
            System.arraycopy(bytes, from, block, filled, length);
            filled += length;
            from += length;
            if (filled == BLOCK) {
                write();
            }
        }
    }

    private void write() {
        int length = filled;
        filled = 0;
        underWay += length;
        if (underWay >= MOST_UNDER_WAY && !paused) {
            paused = true;
            exchange.reading(false);
        }
        upload.write(ByteBuffer.wrap(Arrays.copyOf(block, length)))
                .whenCompleteAsync((all, wrong) -> written(length, wrong), exchange.loop());
    }

    private void written(int length, @Nullable Throwable wrong) {
        underWay -= length;
        if (wrong != null) {
            giveUp(wrong);
        }
        if (paused && underWay < MOST_UNDER_WAY) {
            paused = false;
            exchange.reading(true);
        }
    }

    @Override
    public void end() {
        ended = true;
        if (failure != null) {
            done.completeExceptionally(failure);
            return;
        }
        if (filled > 0) {
            write();
        }
        upload.commit(Digests.with(Digests.text(digest), metadata))
                .whenCompleteAsync(
                        (info, wrong) -> {
                            if (wrong == null) {
                                done.complete(info);
                            } else {
                                giveUp(wrong);
                            }
                        },
                        exchange.loop());
    }

    @Override
    public void broken() {
        ended = true;
        giveUp(new Rejection(400, "the file did not come as a whole; send it again"));
    }

    /** Nothing is left of it in the store; its sender, who reads no answer before that, hears why when it has sent all. */
    private void giveUp(Throwable why) {
        Throwable first = failure == null ? why : failure;
        if (failure == null) {
            failure = why;
            upload.abort();
        }
        if (ended) {
            done.completeExceptionally(first);
        }
    }
}

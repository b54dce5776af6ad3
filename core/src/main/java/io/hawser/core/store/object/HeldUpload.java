package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** An upload in the hands of one client, until another resumes it or a call fails. */
final class HeldUpload implements Upload {
    private static final int SMALLEST = 4096;

    private final ObjectUploads uploads;
    private final PendingUpload upload;
    /** Set before anybody has this. */
    private long offset;

    /** What was given and is not done, as the window counts it. */
    private final AtomicLong waiting = new AtomicLong();

    HeldUpload(ObjectUploads uploads, PendingUpload upload) {
        this.uploads = uploads;
        this.upload = upload;
    }

    HeldUpload from(long start) {
        offset = start;
        return this;
    }

    @Override
    public String id() {
        return upload.id();
    }

    @Override
    public long offset() {
        return offset;
    }

    @Override
    public CompletableFuture<Long> write(ByteBuffer bytes) {
        long cost = Math.max(bytes.remaining(), SMALLEST);
        if (waiting.addAndGet(cost) > WINDOW) {
            close();
            return CompletableFuture.failedFuture(new StoreException("upload " + id() + " has more than " + WINDOW
                    + " bytes under way; wait until writes are done, and resume it now"));
        }
        return uploads.write(this, upload, bytes, () -> waiting.addAndGet(-cost));
    }

    @Override
    public CompletableFuture<ObjectInfo> commit() {
        return commit(upload.request().metadata());
    }

    @Override
    public CompletableFuture<ObjectInfo> commit(ObjectMetadata metadata) {
        return uploads.commit(this, upload, Optional.empty(), metadata);
    }

    @Override
    public CompletableFuture<ObjectInfo> commit(String sha256) {
        UploadRequest.checkHash(sha256);
        return uploads.commit(
                this, upload, Optional.of(sha256), upload.request().metadata());
    }

    @Override
    public CompletableFuture<Void> abort() {
        return uploads.abort(this, upload);
    }

    @Override
    public void close() {
        uploads.release(this, upload);
    }
}

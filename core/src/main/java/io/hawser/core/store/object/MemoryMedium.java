package io.hawser.core.store.object;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keeps objects as long as the process lives; their records are in the catalog anyway. Owner: the catalog's thread. */
public final class MemoryMedium implements ObjectMedium {
    private final Map<Long, Content> contents = new HashMap<>();

    /** Nothing kept yet. */
    public MemoryMedium() {}

    @Override
    public Kept kept() {
        return new Kept(0, List.of(), List.of());
    }

    /** What is in memory is bounded by the limits alone. */
    @Override
    public void room(long bytes) {}

    @Override
    public ObjectDraft create(long number) {
        Content content = new Content();
        contents.put(number, content);
        return content;
    }

    /** A draft of this medium never fails, so that none is reopened. */
    @Override
    public ObjectDraft reopen(long number) {
        return content(number);
    }

    @Override
    public ObjectContent open(ObjectManifest object) {
        return content(object.number());
    }

    private Content content(long number) {
        return Objects.requireNonNull(contents.get(number));
    }

    @Override
    public void discard(long number) {
        contents.remove(number);
    }

    @Override
    public CompletableFuture<Void> begin(long number, UploadRequest request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> commit(ObjectManifest object) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> end(long number) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> delete(ObjectName name) {
        return CompletableFuture.completedFuture(null);
    }

    /** Whole chunks, and the last one as it grows. */
    private static final class Content implements ObjectDraft, ObjectContent {
        private final List<byte[]> whole = new ArrayList<>();
        private final ByteArrayOutputStream tail = new ByteArrayOutputStream();

        @Override
        public Optional<ByteBuffer> restored() {
            return Optional.empty();
        }

        @Override
        public void append(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                byte[] piece = new byte[Math.min(bytes.remaining(), StoredObjects.CHUNK - tail.size())];
                bytes.get(piece);
                tail.writeBytes(piece);
                if (tail.size() == StoredObjects.CHUNK) {
                    whole.add(tail.toByteArray());
                    tail.reset();
                }
            }
        }

        @Override
        public void sync() {
            whole.add(tail.toByteArray());
            tail.reset();
        }

        @Override
        public ByteBuffer chunk(int index) {
            return ByteBuffer.wrap(whole.get(index)).asReadOnlyBuffer();
        }

        @Override
        public void close() {}
    }
}

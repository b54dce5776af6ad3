package io.hawser.store.nats;

import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.object.ObjectRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Objects in chunks, their records with the writer. Owner: the objects' thread.
 *
 * <p><b>Recovery.</b> A content is safe before a record makes an object of it; a record is gone before its content is removed.
 * Whatever happens in between leaves a content that no record names, which the next start removes.
 */
final class ChunkMedium implements ObjectMedium {
    private final Chunks chunks;
    private final ObjectRecords records;
    private final Kept kept;
    /** How many read each content. */
    private final Map<Long, Integer> read = new HashMap<>();
    /** What is removed when nobody reads it any more. */
    private final Set<Long> unneeded = new HashSet<>();

    ChunkMedium(Chunks chunks, ObjectRecords records, Kept kept) {
        this.chunks = chunks;
        this.records = records;
        this.kept = kept;
    }

    /** Joins {@code records} to what is in {@code chunks}, and removes the contents that none of them names. */
    static Kept join(Chunks chunks, ObjectRecords.All records) {
        Map<Long, Integer> there = chunks.count();
        Set<Long> named = records.numbers();
        there.keySet().stream().filter(number -> !named.contains(number)).forEach(chunks::remove);
        List<KeptUpload> uploads = new ArrayList<>();
        records.uploads().forEach((number, request) -> {
            int count = there.getOrDefault(number, 0);
            long touched = count == 0
                    ? Long.MAX_VALUE
                    : chunks.written(number, count - 1).orElse(Long.MAX_VALUE);
            uploads.add(new KeptUpload(number, request, (long) count * StoredObjects.CHUNK, touched));
        });
        return new Kept(records.last(), records.objects(), uploads);
    }

    @Override
    public Kept kept() {
        return kept;
    }

    @Override
    public void room(long bytes) {
        records.room(bytes);
    }

    @Override
    public ObjectDraft create(long number) {
        return new ChunkDraft(chunks, number);
    }

    @Override
    public ObjectDraft reopen(long number) {
        return new ChunkDraft(chunks, number);
    }

    @Override
    public CompletableFuture<Void> begin(long number, UploadRequest request) {
        return records.begin(number, request);
    }

    @Override
    public CompletableFuture<Void> commit(ObjectManifest object) {
        return records.commit(object);
    }

    @Override
    public CompletableFuture<Void> end(long number) {
        return records.end(number);
    }

    @Override
    public CompletableFuture<Void> delete(ObjectName name) {
        return records.delete(name);
    }

    @Override
    public ObjectContent open(ObjectManifest object) {
        read.merge(object.number(), 1, Integer::sum);
        return new Content(object);
    }

    @Override
    public void discard(long number) {
        if (read.containsKey(number)) {
            unneeded.add(number);
        } else {
            chunks.remove(number);
        }
    }

    /** The content of an object that somebody reads. */
    private final class Content implements ObjectContent {
        private final ObjectManifest object;
        private boolean closed;

        Content(ObjectManifest object) {
            this.object = object;
        }

        @Override
        public ByteBuffer chunk(int index) {
            return chunks.get(object, index);
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            if (read.merge(object.number(), -1, Integer::sum) == 0) {
                read.remove(object.number());
                if (unneeded.remove(object.number())) {
                    chunks.remove(object.number());
                }
            }
        }
    }
}

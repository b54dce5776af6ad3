package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Rack;
import io.hawser.store.rack.Round;
import io.hawser.store.rack.Writer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The records that make objects and uploads of contents, with the writer. Callable from any thread; futures complete when it is
 * safe.
 *
 * @param writer of the rack on which they are
 */
public record ObjectRecords(Writer writer) {
    /**
     * Every record there is.
     *
     * @param last the highest number ever given out
     * @param objects every object
     * @param uploads every upload that was neither committed nor ended, by number
     */
    public record All(long last, List<ObjectManifest> objects, Map<Long, UploadRequest> uploads) {
        /** Copies the collections. */
        public All {
            objects = List.copyOf(objects);
            uploads = Map.copyOf(uploads);
        }

        /** The numbers of contents that belong to an object or an upload. */
        public Set<Long> numbers() {
            Set<Long> numbers = new HashSet<>(uploads.keySet());
            objects.forEach(object -> numbers.add(object.number()));
            return numbers;
        }
    }

    /**
     * What is on {@code rack}, before a writer has it.
     *
     * @throws StoreException if a record is damaged
     */
    public static All read(Rack rack) {
        long[] last = {0};
        List<ObjectManifest> objects = new ArrayList<>();
        Map<Long, UploadRequest> uploads = new HashMap<>();
        rack.scan(Family.OBJECTS, (key, value) -> {
            switch (key[0]) {
                case 'n' -> last[0] = ByteBuffer.wrap(value).getLong();
                case ObjectLayout.OBJECT -> objects.add(ObjectLayout.object(key, value));
                case ObjectLayout.UPLOAD ->
                    uploads.put(ByteBuffer.wrap(key).getLong(1), ObjectLayout.upload(key, value));
                case ObjectLayout.UNFINISHED ->
                    throw new StoreException("this store is a copy that was not finished: delete it, and copy again");
                default -> throw new StoreException("the store holds an unknown record of objects, kind " + key[0]);
            }
        });
        return new All(last[0], objects, uploads);
    }

    /** The key of a record with which no hub uses the store: not all of it is there yet. */
    public static byte[] unfinished() {
        return new byte[] {ObjectLayout.UNFINISHED};
    }

    /** True if {@code key} is that of an object, or of what belongs to all of them: of nothing that is under way. */
    public static boolean isLasting(byte[] key) {
        return key[0] != ObjectLayout.UPLOAD && key[0] != ObjectLayout.UNFINISHED;
    }

    /** So many bytes are about to be written into contents; as {@link Writer#room}. */
    public void room(long bytes) {
        writer.room(bytes);
    }

    /** {@code number} is an upload. */
    public CompletableFuture<Void> begin(long number, UploadRequest request) {
        byte[] key = ObjectLayout.key(number);
        byte[] record = ObjectLayout.record(number, request);
        return change(record.length, round -> {
            round.put(Family.OBJECTS, key, record);
            round.put(Family.OBJECTS, ObjectLayout.LAST, ObjectLayout.number(number));
        });
    }

    /** {@code object} is there in the place of an older one, and its number no upload any more. */
    public CompletableFuture<Void> commit(ObjectManifest object) {
        byte[] key = ObjectLayout.key(object.info().name());
        byte[] record = ObjectLayout.record(object);
        return change(record.length, round -> {
            round.put(Family.OBJECTS, key, record);
            round.put(
                    Family.OBJECTS,
                    ObjectLayout.LAST,
                    ObjectLayout.number(object.info().revision()));
            round.delete(Family.OBJECTS, ObjectLayout.key(object.number()));
        });
    }

    /** {@code number} is no upload any more. */
    public CompletableFuture<Void> end(long number) {
        return change(0, round -> round.delete(Family.OBJECTS, ObjectLayout.key(number)));
    }

    /** There is no object {@code name}. */
    public CompletableFuture<Void> delete(ObjectName name) {
        return change(0, round -> round.delete(Family.OBJECTS, ObjectLayout.key(name)));
    }

    private CompletableFuture<Void> change(long bytes, Consumer<Round> change) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        return writer.submit(bytes, done, round -> {
            change.accept(round);
            round.sync();
            round.afterwards(() -> done.complete(null));
        });
    }
}

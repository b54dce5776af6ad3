package io.hawser.store.object;

import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.UploadRequest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects in files, their records with the writer. Owner: the objects' thread, which alone touches the files.
 *
 * <p><b>Recovery.</b> A file is on stable storage, its name too, before a record makes an object of it; a record is gone from
 * stable storage before its file is removed. Whatever happens in between leaves a file that no record names, which the next
 * start removes.
 */
final class FileMedium implements ObjectMedium {
    private static final Logger LOG = LoggerFactory.getLogger(FileMedium.class);

    private final Path folder;
    private final ObjectRecords records;
    private final Kept kept;

    /** The objects that {@code kept} says are in {@code folder}. */
    FileMedium(Path folder, ObjectRecords records, Kept kept) {
        this.folder = folder;
        this.records = records;
        this.kept = kept;
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
        return new FileDraft(folder, number);
    }

    @Override
    public ObjectDraft reopen(long number) {
        return new FileDraft(folder, number);
    }

    @Override
    public ObjectContent open(ObjectManifest object) {
        return new FileContent(folder, object);
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
    public void discard(long number) {
        remove(ChunkFile.path(folder, number));
    }

    /** Removes a file that no record names; one that stays is removed at the next start. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            LOG.warn("store: {} cannot be removed and takes room until the next start: {}", file, stays.toString());
        }
    }

    /** Puts what {@code folder} lists on stable storage. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void close(Closeable file) {
        try {
            file.close();
        } catch (IOException useless) {
            LOG.debug("store: a file of an object could not be closed", useless);
        }
    }
}

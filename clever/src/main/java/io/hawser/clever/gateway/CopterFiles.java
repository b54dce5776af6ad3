package io.hawser.clever.gateway;

import io.hawser.clever.engine.file.FileName;
import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.engine.file.FileSink;
import io.hawser.clever.engine.file.FileSource;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.object.Upload;
import io.hawser.core.store.object.UploadRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files that one copter sends: objects of the store, which appear when they are whole. A copter is given none. What it may send is
 * bounded; what is beyond is not taken, and nothing is left of it. Works on the threads of the disk, where it waits for the store.
 */
final class CopterFiles implements FilePlace {
    /** What is said on the bus of a file has its path in its topic. */
    private static final int LONGEST_PATH = 300;

    private final StoredObjects objects;
    private final FleetSettings.FileLimits limits;
    private final Supplier<Optional<String>> owner;
    private final Consumer<String> reached;
    private final Consumer<ObjectInfo> stored;
    /** What is coming in now. */
    private final List<Incoming> open = new ArrayList<>();
    /** What was there when the last file began, without those that came since then. */
    private List<ObjectInfo> there = List.of();

    /**
     * Files of one copter.
     *
     * @param owner whose they are, called on the loop; empty while nobody knows
     * @param reached hears of each limit that lets a file not be kept, as it is configured
     * @param stored hears on a thread of the disk of each that has appeared
     */
    CopterFiles(
            StoredObjects objects,
            FleetSettings.FileLimits limits,
            Supplier<Optional<String>> owner,
            Consumer<String> reached,
            Consumer<ObjectInfo> stored) {
        this.objects = objects;
        this.limits = limits;
        this.owner = owner;
        this.reached = reached;
        this.stored = stored;
    }

    @Override
    public FileSource source(String path) {
        return () -> {
            throw new IOException("this ground station gives no files");
        };
    }

    @Override
    public FileSink sink(String path) {
        return new Incoming(owner.get(), path);
    }

    private static <T> T wait(CompletableFuture<T> asked) throws IOException {
        try {
            return asked.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof StoreException refused) {
                throw new IOException(refused.getMessage(), refused);
            }
            throw failed;
        }
    }

    /** Looks what is there, and lets {@code file} begin. */
    private synchronized void begin(Incoming file, ObjectName name) throws IOException {
        there = wait(objects.list(name.owner(), "", "", limits.count() + 1)).stream()
                .filter(info -> !info.name().equals(name))
                .toList();
        if (there.size() + open.size() >= limits.count()) {
            throw full("max-files", "there are " + limits.count() + " files of this copter, the limit; remove some");
        }
        open.add(file);
    }

    private IOException full(String limit, String what) {
        reached.accept("clever.files." + limit);
        return new IOException(what);
    }

    private synchronized void check(Incoming file, long more) throws IOException {
        if (file.written + more > limits.fileBytes()) {
            throw full("max-file", "the file is longer than " + limits.fileBytes() + " bytes, the limit");
        }
        long kept = there.stream().mapToLong(ObjectInfo::size).sum();
        long coming = open.stream().mapToLong(each -> each.written).sum();
        if (kept + coming + more > limits.copterBytes()) {
            throw full(
                    "max-bytes",
                    "the files of this copter have more than " + limits.copterBytes()
                            + " bytes, the limit; remove some");
        }
        file.written += more;
    }

    private synchronized void end(Incoming file, Optional<ObjectInfo> appeared) {
        open.remove(file);
        appeared.ifPresent(info -> {
            List<ObjectInfo> now = new ArrayList<>(there);
            now.removeIf(older -> older.name().equals(info.name()));
            now.add(info);
            there = now;
        });
    }

    /** One file on its way into the store. Used by one thread at a time; {@code written} belongs to the files as a whole. */
    private final class Incoming implements FileSink {
        private final Optional<String> whose;
        private final String path;
        private @Nullable Upload upload;
        private long written;

        Incoming(Optional<String> whose, String path) {
            this.whose = whose;
            this.path = path;
        }

        /** Nothing is resumed: a file that was interrupted comes again as a whole. */
        @Override
        public long open(String transfer) throws IOException {
            if (path.length() > LONGEST_PATH) {
                throw new IOException("a path must not be longer than " + LONGEST_PATH + " characters");
            }
            String name = String.join("/", FileName.parts(path));
            ObjectName object = new ObjectName(
                    whose.orElseThrow(() -> new IOException("only a copter that says its id may send files")), name);
            begin(this, object);
            upload = CopterFiles.wait(objects.begin(UploadRequest.of(object)));
            return 0;
        }

        private Upload upload() throws IOException {
            if (upload == null) {
                throw new IOException("the file was not begun");
            }
            return upload;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            check(this, bytes.length);
            for (int from = 0; from < bytes.length; from += Upload.WINDOW) {
                int length = Math.min(Upload.WINDOW, bytes.length - from);
                CopterFiles.wait(upload().write(ByteBuffer.wrap(bytes, from, length)));
            }
        }

        @Override
        public void finish(String sha256) throws IOException {
            Upload whole = upload();
            upload = null;
            ObjectInfo info = CopterFiles.wait(sha256.isEmpty() ? whole.commit() : whole.commit(sha256));
            end(this, Optional.of(info));
            stored.accept(info);
        }

        @Override
        public void suspend() {
            discard();
        }

        @Override
        public void discard() {
            Upload given = upload;
            upload = null;
            end(this, Optional.empty());
            if (given != null) {
                given.abort();
            }
        }
    }
}

package io.hawser.core.store.object;

import io.hawser.core.store.StoreThread;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All objects of one engine: who has what, for how much room, and who hears of it; the bytes are on the engine's medium. The
 * records of all objects are in memory. Owner of all state is one thread; every call is a task for it.
 *
 * <p><b>Order.</b> A change is handed to the medium, and shown to others when the medium has it on stable storage. The medium
 * completes changes in the order in which they were handed to it, so that memory ends as the medium does.
 */
public final class ObjectCatalog implements StoredObjects {
    private final ObjectThread thread;
    private final ObjectMedium medium;
    private final ObjectLimits limits;
    private final ObjectUsage usage;
    private final ObjectUploads uploads;
    private final ObjectShelves objects = new ObjectShelves();
    private final Set<HeldReader> readers = new HashSet<>();
    private final List<Ear> ears = new ArrayList<>();
    private long last;

    /** Somebody who listens. */
    private record Ear(Executor owner, ObjectListener listener) {}

    /**
     * The objects that {@code medium} has kept.
     *
     * @param thread owner of all state; the caller ends it after {@link #close()}
     */
    public ObjectCatalog(StoreThread thread, ObjectMedium medium, ObjectLimits limits) {
        this.thread = new ObjectThread(thread);
        this.medium = medium;
        this.limits = limits;
        this.usage = new ObjectUsage(limits);
        this.uploads = new ObjectUploads(this.thread, medium, limits, usage, this);
        ObjectMedium.Kept kept = medium.kept();
        last = kept.last();
        for (ObjectManifest object : kept.objects()) {
            objects.put(object);
            usage.add(object.info().name().owner(), object.info().size());
        }
        kept.uploads().forEach(uploads::restore);
        this.thread.run(new CompletableFuture<>(), uploads::watch);
    }

    @Override
    public CompletableFuture<Upload> begin(UploadRequest request) {
        return thread.submit(done -> {
            if (objects.size() + uploads.size() >= limits.objects()) {
                throw limits.tooManyObjects();
            }
            uploads.begin(request, done);
        });
    }

    @Override
    public CompletableFuture<Optional<Upload>> resume(String id) {
        return thread.submit(done -> uploads.resume(id, done));
    }

    /** A number that nobody had before. */
    long nextNumber() {
        return ++last;
    }

    /** What was uploaded appears. */
    void publish(PendingUpload upload, String sha256, ObjectMetadata metadata, CompletableFuture<ObjectInfo> done) {
        ObjectName name = upload.name();
        ObjectManifest before = objects.get(name);
        long now = thread.now();
        ObjectInfo info = new ObjectInfo(
                name,
                nextNumber(),
                upload.length(),
                sha256,
                metadata,
                before == null ? now : before.info().created(),
                now);
        ObjectManifest newer = new ObjectManifest(info, upload.number());
        thread.after(medium.commit(newer), done, () -> {
            ObjectManifest older = objects.put(newer);
            if (older == null) {
                tell(listener -> listener.appeared(info));
            } else {
                tell(listener -> listener.replaced(older.info(), info));
            }
            discard(older);
            done.complete(info);
        });
    }

    private void discard(@Nullable ObjectManifest gone) {
        if (gone != null) {
            usage.add(gone.info().name().owner(), -gone.info().size());
            medium.discard(gone.number());
        }
    }

    @Override
    public CompletableFuture<Optional<ObjectReader>> open(ObjectName name) {
        return thread.submit(done -> {
            ObjectManifest object = objects.get(name);
            if (object == null) {
                done.complete(Optional.empty());
                return;
            }
            if (readers.size() >= limits.readers()) {
                throw limits.tooManyReaders();
            }
            HeldReader reader = new HeldReader(thread, readers, object.info(), medium.open(object));
            readers.add(reader);
            done.complete(Optional.of(reader));
        });
    }

    @Override
    public CompletableFuture<Optional<ObjectInfo>> info(ObjectName name) {
        return thread.submit(
                done -> done.complete(Optional.ofNullable(objects.get(name)).map(ObjectManifest::info)));
    }

    @Override
    public CompletableFuture<List<ObjectInfo>> list(String owner, String prefix, String after, int limit) {
        return thread.submit(done -> done.complete(objects.list(owner, prefix, after, limit)));
    }

    @Override
    public CompletableFuture<Boolean> delete(ObjectName name) {
        return thread.submit(done -> {
            if (objects.get(name) == null) {
                done.complete(false);
                return;
            }
            thread.after(medium.delete(name), done, () -> {
                ObjectManifest gone = objects.remove(name);
                if (gone != null) {
                    tell(listener -> listener.deleted(gone.info()));
                }
                discard(gone);
                done.complete(gone != null);
            });
        });
    }

    @Override
    public CompletableFuture<Map<String, Long>> usage() {
        return thread.submit(done -> done.complete(usage.byOwner()));
    }

    @Override
    public void listen(Executor owner, ObjectListener listener) {
        thread.run(new CompletableFuture<>(), () -> ears.add(new Ear(owner, listener)));
    }

    /** Tells everybody who listens; whoever's executor has ended is forgotten. */
    void tell(Consumer<ObjectListener> news) {
        for (Ear ear : List.copyOf(ears)) {
            try {
                ear.owner().execute(() -> news.accept(ear.listener()));
            } catch (RejectedExecutionException ended) {
                ears.remove(ear);
            }
        }
    }

    /**
     * Completes when what was accepted has been handed to the medium; then nothing more is taken. The medium must complete it
     * before the thread ends.
     */
    public CompletableFuture<Void> close() {
        return thread.submit(done -> {
            thread.close();
            uploads.close();
            List.copyOf(readers).forEach(HeldReader::end);
            done.complete(null);
        });
    }
}

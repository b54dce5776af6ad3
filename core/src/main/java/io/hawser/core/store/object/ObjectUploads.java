package io.hawser.core.store.object;

import io.hawser.core.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The uploads of a catalog, from their beginning until they are committed, aborted or given up. Owner: the thread. */
final class ObjectUploads {
    private final ObjectThread thread;
    private final ObjectMedium medium;
    private final ObjectLimits limits;
    private final ObjectUsage usage;
    private final ObjectCatalog catalog;
    private final Map<String, PendingUpload> uploads = new HashMap<>();
    private boolean watching;

    ObjectUploads(
            ObjectThread thread, ObjectMedium medium, ObjectLimits limits, ObjectUsage usage, ObjectCatalog catalog) {
        this.thread = thread;
        this.medium = medium;
        this.limits = limits;
        this.usage = usage;
        this.catalog = catalog;
    }

    /** Takes in an upload that was interrupted by a restart; before anything else. */
    void restore(ObjectMedium.KeptUpload kept) {
        long charged = kept.request().size().orElse(kept.length());
        usage.add(kept.request().name().owner(), charged);
        PendingUpload upload =
                new PendingUpload(kept.number(), kept.request(), charged, Math.min(kept.touched(), thread.now()));
        uploads.put(upload.id(), upload);
    }

    int size() {
        return uploads.size();
    }

    void begin(UploadRequest request, CompletableFuture<Upload> done) {
        expire();
        medium.room(0);
        if (uploads.size() >= limits.uploads()) {
            throw limits.tooManyUploads();
        }
        long promised = request.size().orElse(0);
        if (promised > limits.objectBytes()) {
            throw limits.tooLong(request.name());
        }
        String owner = request.name().owner();
        usage.charge(owner, promised);
        PendingUpload upload = new PendingUpload(catalog.nextNumber(), request, promised, thread.now());
        try {
            upload.ready(medium.create(upload.number()));
        } catch (StoreException failed) {
            usage.add(owner, -promised);
            throw failed;
        }
        uploads.put(upload.id(), upload);
        HeldUpload held = hold(upload);
        thread.after(medium.begin(upload.number(), request), done, () -> done.complete(held));
        watch();
    }

    private HeldUpload hold(PendingUpload upload) {
        HeldUpload held = new HeldUpload(this, upload);
        upload.hold(held);
        upload.touch(thread.now());
        return held;
    }

    void resume(String id, CompletableFuture<Optional<Upload>> done) {
        expire();
        PendingUpload upload = uploads.get(id);
        if (upload == null) {
            done.complete(Optional.empty());
            return;
        }
        HeldUpload held = hold(upload);
        if (upload.draft() == null) {
            upload.suspend();
            restore(upload, held, medium.reopen(upload.number()), done);
        } else {
            done.complete(Optional.of(held.from(upload.length())));
        }
    }

    /** Reads one chunk of what is there, and leaves the thread to others before the next. */
    private void restore(
            PendingUpload upload, HeldUpload held, ObjectDraft draft, CompletableFuture<Optional<Upload>> done) {
        if (!upload.isHeldBy(held)) {
            draft.close();
            throw lost(upload);
        }
        Optional<ByteBuffer> chunk = draft.restored();
        if (chunk.isPresent()) {
            upload.count(chunk.get());
            thread.run(done, () -> restore(upload, held, draft, done));
            return;
        }
        upload.ready(draft);
        if (upload.size().isEmpty()) {
            usage.add(upload.name().owner(), upload.length() - upload.charged());
            upload.charged(upload.length());
        }
        done.complete(Optional.of(held.from(upload.length())));
    }

    CompletableFuture<Long> write(HeldUpload held, PendingUpload upload, ByteBuffer bytes, Runnable written) {
        return thread.submit(done -> {
            ObjectDraft draft = held(held, upload);
            try {
                makeRoom(upload, upload.length() + bytes.remaining());
                medium.room(bytes.remaining());
            } catch (StoreException refused) {
                upload.hold(null);
                throw refused;
            }
            long before = upload.length();
            try {
                draft.append(bytes.duplicate());
            } catch (StoreException failed) {
                upload.hold(null);
                upload.suspend();
                throw failed;
            }
            upload.count(bytes.duplicate());
            upload.touch(thread.now());
            written.run();
            tellProgress(upload, before);
            done.complete(upload.length());
        });
    }

    private void makeRoom(PendingUpload upload, long length) {
        if (upload.size().isPresent() && length > upload.size().getAsLong()) {
            throw new StoreException("object " + upload.name() + " is longer than the "
                    + upload.size().getAsLong() + " bytes that were promised; abort the upload and begin anew");
        }
        if (length > limits.objectBytes()) {
            throw limits.tooLong(upload.name());
        }
        if (length > upload.charged()) {
            usage.charge(upload.name().owner(), length - upload.charged());
            upload.charged(length);
        }
    }

    private void tellProgress(PendingUpload upload, long before) {
        long length = upload.length();
        boolean whole = upload.size().isPresent() && length == upload.size().getAsLong();
        if (whole || length / StoredObjects.CHUNK > before / StoredObjects.CHUNK) {
            catalog.tell(listener -> listener.progress(upload.progress()));
        }
    }

    CompletableFuture<ObjectInfo> commit(
            HeldUpload held, PendingUpload upload, Optional<String> expected, ObjectMetadata metadata) {
        return thread.submit(done -> {
            ObjectDraft draft = held(held, upload);
            upload.hold(null);
            String sha256 = HexFormat.of().formatHex(upload.hash());
            try {
                check(upload, sha256, expected);
                draft.sync();
            } catch (StoreException refused) {
                drop(upload, new CompletableFuture<>());
                throw refused;
            }
            uploads.remove(upload.id());
            draft.close();
            catalog.publish(upload, sha256, metadata, done);
        });
    }

    private static void check(PendingUpload upload, String sha256, Optional<String> expected) {
        if (upload.size().isPresent() && upload.length() != upload.size().getAsLong()) {
            throw new StoreException("object " + upload.name() + " has " + upload.length() + " bytes, "
                    + upload.size().getAsLong() + " were promised; upload it again");
        }
        for (Optional<String> promised : List.of(expected, upload.request().sha256())) {
            if (promised.isPresent() && !promised.get().equals(sha256)) {
                throw new StoreException("object " + upload.name() + " has the SHA-256 " + sha256 + ", "
                        + promised.get() + " was promised; upload it again");
            }
        }
    }

    CompletableFuture<Void> abort(HeldUpload held, PendingUpload upload) {
        return thread.submit(done -> {
            if (!isPending(upload) || !(upload.isHeldBy(held) || upload.isHeldBy(null))) {
                throw lost(upload);
            }
            drop(upload, done);
        });
    }

    /** {@code held} is done with the upload, which stays. */
    void release(HeldUpload held, PendingUpload upload) {
        thread.run(new CompletableFuture<>(), () -> {
            if (upload.isHeldBy(held)) {
                upload.hold(null);
            }
        });
    }

    private void drop(PendingUpload upload, CompletableFuture<Void> done) {
        uploads.remove(upload.id());
        upload.hold(null);
        upload.suspend();
        usage.add(upload.name().owner(), -upload.charged());
        thread.after(medium.end(upload.number()), done, () -> {
            medium.discard(upload.number());
            done.complete(null);
        });
    }

    private ObjectDraft held(HeldUpload held, PendingUpload upload) {
        ObjectDraft draft = upload.draft();
        if (!isPending(upload) || !upload.isHeldBy(held) || draft == null) {
            throw lost(upload);
        }
        return draft;
    }

    private boolean isPending(PendingUpload upload) {
        return uploads.containsKey(upload.id());
    }

    private static StoreException lost(PendingUpload upload) {
        return new StoreException("upload " + upload.id() + " of " + upload.name()
                + " has ended, failed or was resumed by another; resume it to go on where it stands");
    }

    /** Gives up what nobody touched for too long. */
    private void expire() {
        long since = thread.now() - limits.uploadAge().toMillis();
        List.copyOf(uploads.values()).stream()
                .filter(upload -> upload.touched() <= since)
                .forEach(upload -> drop(upload, new CompletableFuture<>()));
    }

    /** Expires what has to when it has to. */
    void watch() {
        if (!watching && !uploads.isEmpty()) {
            watching = true;
            long oldest = uploads.values().stream()
                    .mapToLong(PendingUpload::touched)
                    .min()
                    .orElse(0);
            long due = oldest + limits.uploadAge().toMillis() - thread.now();
            thread.later(Duration.ofMillis(Math.max(1, due)), () -> {
                watching = false;
                expire();
                watch();
            });
        }
    }

    /** Lets go of all uploads; they can be resumed after a restart. */
    void close() {
        uploads.values().forEach(upload -> {
            upload.hold(null);
            upload.suspend();
        });
    }
}

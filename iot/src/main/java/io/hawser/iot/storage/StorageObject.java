package io.hawser.iot.storage;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A content that is too long for a message: a picture, a log. It has a name at the server, and a file or stream on this side; {@link
 * #sync} makes the one what the other is. Made by {@link StorageDispatcher}; callable from any thread.
 *
 * <pre>{@code
 * StorageObject picture = device.createStorageObject("picture-17.jpg", "image/jpeg");
 * picture.setInputPath(Path.of("/tmp/picture.jpg"));
 * camera.set("image", picture); // uploads it, and tells the server of it when it is there
 * }</pre>
 */
public final class StorageObject {
    private final StorageDispatcher dispatcher;
    private final URI uri;
    private final String name;
    private Facts facts;
    private Optional<Side> side = Optional.empty();
    private SyncStatus status = SyncStatus.NOT_IN_SYNC;
    private @Nullable SyncCallback callback;
    private String endpointId = "";
    private String attribute = "";
    private @Nullable CompletableFuture<StorageObject> syncing;

    /**
     * What is known of a content.
     *
     * @param length in bytes
     * @param date when it came to the server
     */
    record Facts(String type, Optional<String> encoding, OptionalLong length, Optional<Instant> date) {}

    /** This side: where a content comes from, or where it goes. */
    sealed interface Side {
        /** A file that is uploaded. */
        record From(Path path) implements Side {}

        /** A stream that is uploaded, once. */
        record FromStream(InputStream stream) implements Side {}

        /** A file that is downloaded. */
        record To(Path path) implements Side {}

        /** A stream that a download goes to. */
        record ToStream(OutputStream stream) implements Side {}

        /** Whether it gives the content. */
        default boolean gives() {
            return this instanceof From || this instanceof FromStream;
        }
    }

    StorageObject(StorageDispatcher dispatcher, URI uri, String name, Facts facts) {
        this.dispatcher = dispatcher;
        this.uri = uri;
        this.name = name;
        this.facts = facts;
    }

    /** Its name at the server, the endpoint id before it included. */
    public String getName() {
        return name;
    }

    /** Where it is at the server; what attributes and fields of type URI say. */
    public URI getURI() {
        return uri;
    }

    /** Where {@code value} is, if it is a storage object; else {@code value} as it is. */
    public static Object uriOf(Object value) {
        return value instanceof StorageObject content ? content.getURI() : value;
    }

    /** Its media type. */
    public synchronized String getType() {
        return facts.type();
    }

    /** How it is encoded, for example {@code gzip}. */
    public synchronized Optional<String> getEncoding() {
        return facts.encoding();
    }

    /** How many bytes it has, once that is known: after a transfer, or if it was asked for at the server. */
    public synchronized OptionalLong getLength() {
        return facts.length();
    }

    /** When it came to the server, once that is known. */
    public synchronized Optional<Instant> getDate() {
        return facts.date();
    }

    /** Whether this side and the server have the same. */
    public synchronized SyncStatus getSyncStatus() {
        return status;
    }

    /** The content is in the file {@code path}, and is to be uploaded. */
    public void setInputPath(Path path) {
        side(new Side.From(path));
    }

    /** The content comes from {@code stream}, which is read once and closed: an upload of it is never tried again. */
    public void setInputStream(InputStream stream) {
        side(new Side.FromStream(stream));
    }

    /** The content is to be downloaded into the file {@code path}, which appears when it is whole. */
    public void setOutputPath(Path path) {
        side(new Side.To(path));
    }

    /**
     * The content is to be downloaded into {@code stream}, which stays open; a download that broke off goes on where it was, if the
     * server still has the same.
     */
    public void setOutputStream(OutputStream stream) {
        side(new Side.ToStream(stream));
    }

    /** The content, which is to be uploaded, is encoded as {@code encoding} says. */
    public synchronized void setEncoding(String encoding) {
        facts = new Facts(facts.type(), Optional.of(encoding), facts.length(), facts.date());
    }

    private synchronized void side(Side other) {
        if (status == SyncStatus.SYNC_PENDING) {
            throw new IllegalStateException(name + " is on its way; wait for it, or cancel it");
        }
        side = Optional.of(other);
        status = SyncStatus.NOT_IN_SYNC;
    }

    /** Tells {@code told} when a transfer has ended, in the place of whoever was told. */
    public synchronized void setOnSync(SyncCallback told) {
        callback = told;
    }

    /** It is what the attribute or field {@code field} of {@code endpoint} says; {@link SyncEvent} repeats that. */
    public synchronized void belongsTo(String endpoint, String field) {
        endpointId = endpoint;
        attribute = field;
    }

    /**
     * Makes both sides the same: uploads, or downloads. If they are, or that goes on already, it is not done again.
     *
     * @return completes with this when it is done, on the device's callback executor; fails with a {@link StorageException}
     * @throws IllegalStateException if there is no file or stream on this side
     */
    public synchronized CompletableFuture<StorageObject> sync() {
        if (status == SyncStatus.IN_SYNC) {
            return CompletableFuture.completedFuture(this);
        }
        if (syncing == null) {
            Side here = side.orElseThrow(() -> new IllegalStateException(
                    name + " has no side here; set an input or output path or stream before it is synced"));
            status = SyncStatus.SYNC_PENDING;
            syncing = new CompletableFuture<>();
            dispatcher.begin(new Transfer(this, here));
        }
        return syncing.copy();
    }

    /** Whether it is to be uploaded by the next {@link #sync}. */
    public synchronized boolean isInput() {
        return side.map(Side::gives).orElse(false);
    }

    // ---- what the dispatcher says ----

    synchronized Facts facts() {
        return facts;
    }

    /** A transfer has ended; on the callback executor. */
    void ended(Optional<Facts> now, @Nullable StorageException failure) {
        CompletableFuture<StorageObject> waiting;
        SyncCallback told;
        synchronized (this) {
            facts = now.orElse(facts);
            status = failure == null ? SyncStatus.IN_SYNC : SyncStatus.SYNC_FAILED;
            waiting = syncing;
            syncing = null;
            told = callback;
        }
        if (waiting != null && failure == null) {
            waiting.complete(this);
        } else if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
        if (told != null) {
            told.onSync(new SyncEvent(this, endpointId, attribute));
        }
    }

    @Override
    public String toString() {
        return name + " (" + getType() + ", " + getSyncStatus() + ")";
    }
}

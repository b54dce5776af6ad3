package io.hawser.core.store.object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of one upload, whoever holds it. Owner: the catalog's thread. */
final class PendingUpload {
    private final long number;
    private final UploadRequest request;
    private MessageDigest digest = sha256();
    /** Null until what is on the medium has been read again. */
    private @Nullable ObjectDraft draft;

    private @Nullable HeldUpload holder;
    private long length;
    private long charged;
    private long touched;

    PendingUpload(long number, UploadRequest request, long charged, long touched) {
        this.number = number;
        this.request = request;
        this.charged = charged;
        this.touched = touched;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    long number() {
        return number;
    }

    String id() {
        return Long.toString(number);
    }

    UploadRequest request() {
        return request;
    }

    ObjectName name() {
        return request.name();
    }

    long length() {
        return length;
    }

    /** How many bytes it takes of its owner's room. */
    long charged() {
        return charged;
    }

    void charged(long bytes) {
        charged = bytes;
    }

    long touched() {
        return touched;
    }

    void touch(long now) {
        touched = now;
    }

    boolean isHeldBy(@Nullable HeldUpload somebody) {
        return Objects.equals(holder, somebody);
    }

    void hold(@Nullable HeldUpload newer) {
        holder = newer;
    }

    /** The draft, ready for more; null if it has to be reopened. */
    @Nullable
    ObjectDraft draft() {
        return draft;
    }

    /** From now on {@code ready} takes more, after all that was {@link #count counted}. */
    void ready(ObjectDraft ready) {
        draft = ready;
    }

    /** Forgets what is in memory: the draft must be reopened. */
    void suspend() {
        if (draft != null) {
            draft.close();
            draft = null;
        }
        digest = sha256();
        length = 0;
    }

    /** The draft has these bytes, which follow those before. */
    void count(ByteBuffer bytes) {
        length += bytes.remaining();
        digest.update(bytes);
    }

    /** The SHA-256 of all bytes; nothing is counted after that. */
    byte[] hash() {
        return digest.digest();
    }

    UploadProgress progress() {
        return new UploadProgress(id(), name(), length, size());
    }

    OptionalLong size() {
        return request.size();
    }
}

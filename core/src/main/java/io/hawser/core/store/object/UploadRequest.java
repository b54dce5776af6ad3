package io.hawser.core.store.object;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody is about to upload.
 *
 * @param name what it will be called
 * @param metadata what is known of it
 * @param size its length in bytes, if it is known; then only this length is taken, and there is room for it from now on
 * @param sha256 its SHA-256 as 64 lower-case hexadecimal digits, if it is known; then only this content is taken
 */
public record UploadRequest(ObjectName name, ObjectMetadata metadata, OptionalLong size, Optional<String> sha256) {
    /**
     * A request.
     *
     * @throws IllegalArgumentException if the size is negative or the hash is none
     */
    public UploadRequest {
        if (size.isPresent() && size.getAsLong() < 0) {
            throw new IllegalArgumentException("the size of an object must not be negative: " + size.getAsLong());
        }
        sha256.ifPresent(UploadRequest::checkHash);
    }

    /** For content of which nothing is known. */
    public static UploadRequest of(ObjectName name) {
        return new UploadRequest(name, ObjectMetadata.BINARY, OptionalLong.empty(), Optional.empty());
    }

    /** The same with other metadata. */
    public UploadRequest withMetadata(ObjectMetadata known) {
        return new UploadRequest(name, known, size, sha256);
    }

    /** The same for content of {@code bytes} bytes. */
    public UploadRequest withSize(long bytes) {
        return new UploadRequest(name, metadata, OptionalLong.of(bytes), sha256);
    }

    /** The same for content with this SHA-256. */
    public UploadRequest withSha256(String hash) {
        return new UploadRequest(name, metadata, size, Optional.of(hash));
    }

    static void checkHash(String hash) {
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a SHA-256 must be 64 lower-case hexadecimal digits");
        }
    }
}

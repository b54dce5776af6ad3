package io.hawser.iot.gateway.storage;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.ObjectReader;
import io.hawser.core.store.object.StoredObjects;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * The MD5 of files, by which the original libraries check what they got ({@code specs/iot.md} 1.8). What devices upload has it in its
 * metadata; of what came another way it is worked out once, and remembered. Owner: the gateway's loop.
 */
final class Digests {
    private static final String FIELD = "md5";
    private static final int MOST_REMEMBERED = 1_000;

    private final Executor owner;
    /** By the revision of the object, in the order in which they were asked for. */
    private final Map<Long, CompletableFuture<String>> worked = new LinkedHashMap<>();

    Digests(Executor owner) {
        this.owner = owner;
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@code metadata} of a file whose content has the MD5 {@code digest}. */
    static ObjectMetadata with(String digest, ObjectMetadata metadata) {
        Map<String, String> fields = new HashMap<>(metadata.fields());
        fields.put(FIELD, digest);
        return new ObjectMetadata(metadata.contentType(), fields);
    }

    /** The MD5 of {@code file}, if it is known without reading it. */
    static Optional<String> known(ObjectInfo file) {
        return Optional.ofNullable(file.metadata().fields().get(FIELD));
    }

    /** Completes, on the owner unless it is known, with the MD5 of what {@code reader} reads; fails if that is damaged. */
    CompletableFuture<String> of(ObjectReader reader) {
        Optional<String> known = known(reader.info());
        if (known.isPresent()) {
            return CompletableFuture.completedFuture(known.get());
        }
        long revision = reader.info().revision();
        CompletableFuture<String> found = worked.get(revision);
        if (found == null) {
            found = workOut(reader, md5(), 0);
            worked.put(revision, found);
            if (worked.size() > MOST_REMEMBERED) {
                worked.remove(worked.keySet().iterator().next());
            }
            found.whenCompleteAsync(
                    (digest, failure) -> {
                        if (failure != null) {
                            worked.remove(revision);
                        }
                    },
                    owner);
        }
        return found;
    }

    private CompletableFuture<String> workOut(ObjectReader reader, MessageDigest digest, long offset) {
        return reader.read(offset, StoredObjects.CHUNK)
                .thenComposeAsync(chunk -> more(reader, digest, offset, chunk), owner);
    }

    private CompletableFuture<String> more(ObjectReader reader, MessageDigest digest, long offset, ByteBuffer chunk) {
        int length = chunk.remaining();
        if (length == 0) {
            return CompletableFuture.completedFuture(text(digest));
        }
        digest.update(chunk);
        return workOut(reader, digest, offset + length);
    }
}

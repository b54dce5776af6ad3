package io.hawser.iot.registry.history;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The ids of the newest messages of one device: by them a message that comes again is known. Each is held as 64 bits of its
 * SHA-256; that two of a few thousand agree by chance does not happen. Owner: the registry's.
 */
final class SeenIds {
    private final int most;
    private long[] ring = new long[16];
    private int size;
    private int next;

    /** None yet; {@code most} are remembered. */
    SeenIds(int most) {
        this.most = most;
    }

    boolean has(String clientId) {
        long hash = hash(clientId);
        for (int i = 0; i < size; i++) {
            if (ring[i] == hash) {
                return true;
            }
        }
        return false;
    }

    /** Remembers {@code clientId}, unless it is empty: what has no id is new each time. */
    void add(String clientId) {
        if (clientId.isEmpty()) {
            return;
        }
        if (size == ring.length && size < most) {
            ring = Arrays.copyOf(ring, Math.min(most, size * 2));
            next = size;
        }
        ring[next] = hash(clientId);
        size = Math.max(size, next + 1);
        next = (next + 1) % Math.min(ring.length, most);
    }

    private static long hash(String clientId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(clientId.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

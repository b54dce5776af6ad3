package io.hawser.core.store.shelf;

import io.hawser.core.store.StoreException;
import java.nio.charset.StandardCharsets;

/** Keys that are texts, as bytes: UTF-8, so that the bytes sort as the code points do. Pure. */
public final class KeyText {
    private KeyText() {}

    /**
     * The bytes of {@code key}.
     *
     * @param owner what the key is of, for the user
     * @param limit the most bytes
     * @param setting where that is configured
     * @throws StoreException if it is empty, too long, or has a character that sorts nowhere
     */
    public static byte[] key(String owner, String key, int limit, String setting) {
        if (key.isEmpty()) {
            throw new StoreException("the key of " + owner + " must not be empty");
        }
        return prefix(owner, key, limit, setting);
    }

    /** The bytes of a key's beginning, which may be empty. */
    public static byte[] prefix(String owner, String prefix, int limit, String setting) {
        if (prefix.indexOf(0) >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(prefix)) {
            throw new StoreException("the key of " + owner + " must not hold NUL or half a surrogate pair");
        }
        byte[] bytes = prefix.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > limit) {
            throw StoreException.limit(
                    setting,
                    "a key of " + bytes.length + " bytes is too long for " + owner + "; the limit is " + limit);
        }
        return bytes;
    }

    /** The text that {@code key} was made of. */
    public static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}

package io.hawser.app.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for ten minutes which passwords were right, without keeping them: a digest of user, hash and password under a
 * key that lives as long as the process. Thread-safe; at most 20,000 are remembered, the oldest goes first.
 */
public final class ProvenLogins {
    private static final long TTL_MILLIS = 600_000;
    private static final int MOST = 20_000;
    private static final String DIGEST = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<String, Long> until = new LinkedHashMap<>();

    /** Remembers nothing yet. {@code key} are 32 random bytes. */
    public ProvenLogins(byte[] key) {
        this.key = new SecretKeySpec(key, DIGEST);
    }

    /** True if {@code password} was right less than ten minutes before {@code now} and the hash is still the same. */
    boolean contains(User user, String password, long now) {
        String digest = digest(user, password);
        synchronized (until) {
            Long end = until.get(digest);
            return end != null && now < end;
        }
    }

    void add(User user, String password, long now) {
        String digest = digest(user, password);
        synchronized (until) {
            until.remove(digest);
            until.put(digest, now + TTL_MILLIS);
            if (until.size() > MOST) {
                until.remove(until.keySet().iterator().next());
            }
        }
    }

    private String digest(User user, String password) {
        try {
            Mac mac = Mac.getInstance(DIGEST);
            mac.init(key);
            for (String part : new String[] {user.name(), user.password().text(), password}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java has " + DIGEST, absent);
        }
    }
}

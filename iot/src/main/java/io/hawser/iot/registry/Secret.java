package io.hawser.iot.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A shared secret: text, the key of an HMAC ({@code specs/iot.md} 1.2). It is kept raw, because it must be used raw, and never
 * shows in a log.
 */
public final class Secret {
    private final byte[] bytes;

    /** A secret with a copy of {@code bytes}. */
    public Secret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** The secret that a user typed. */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of its bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** It, to be shown once to whoever provisions the device. */
    public String reveal() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all: nothing about a secret leaks into what is shown. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "secret";
    }
}

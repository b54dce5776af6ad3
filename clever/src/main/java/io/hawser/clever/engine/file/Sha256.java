package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash of a file's bytes while they pass. */
final class Sha256 {
    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    void add(byte[] bytes) {
        digest.update(bytes);
    }

    void add(ByteBuffer bytes) {
        digest.update(bytes);
    }

    /** In hex. Ends it. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Fails unless {@code expected}, if there is one, is the hash. Ends it. */
    void check(String expected) throws IOException {
        if (!expected.isEmpty() && !expected.equals(hex())) {
            throw new IOException("the file has come damaged: its SHA-256 is another one");
        }
    }
}

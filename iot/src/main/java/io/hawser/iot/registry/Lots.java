package io.hawser.iot.registry;

import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** What nobody can guess: new ids and secrets. Not thread-safe. */
final class Lots {
    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 24;

    private final RandomGenerator random;

    Lots(RandomGenerator random) {
        this.random = random;
    }

    /** An id of 20 upper-case hexadecimal digits. */
    String id() {
        return HexFormat.of().withUpperCase().formatHex(bytes(ID_BYTES));
    }

    /** A secret of 32 characters that need no quotes anywhere. */
    Secret secret() {
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES)));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

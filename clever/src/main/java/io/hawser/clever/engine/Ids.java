package io.hawser.clever.engine;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Names for what a party asks. Callable from any thread. */
final class Ids {
    private static final int TRANSFER_BYTES = 16;

    private final Random random;
    private final AtomicLong last = new AtomicLong();

    Ids(Random random) {
        this.random = random;
    }

    /** At least four digits, as the original's, but never the same again ({@code specs/clever.md} 1.5). */
    String next() {
        return String.format(Locale.ROOT, "%04d", last.incrementAndGet());
    }

    /** What nobody guesses: whoever knows it can go on with a file. */
    String transfer() {
        byte[] name = new byte[TRANSFER_BYTES];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name);
    }
}

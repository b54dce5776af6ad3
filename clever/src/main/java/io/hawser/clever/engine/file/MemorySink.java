package io.hawser.clever.engine.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Holds a file that is wanted as bytes; another attempt begins anew, in another one. */
public final class MemorySink implements FileSink {
    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A file of at most {@code maxBytes}. */
    public MemorySink(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What has come. Callable when the file is done. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    @Override
    public long open(String transfer) {
        return 0;
    }

    @Override
    public void write(byte[] piece) throws IOException {
        if (piece.length > maxBytes - bytes.size()) {
            throw new IOException("the file is longer than " + maxBytes + " bytes; get it into a file");
        }
        bytes.writeBytes(piece);
    }

    @Override
    public void finish(String sha256) throws IOException {
        Sha256 hash = new Sha256();
        hash.add(bytes.toByteArray());
        hash.check(sha256);
    }

    @Override
    public void suspend() {}

    @Override
    public void discard() {}
}

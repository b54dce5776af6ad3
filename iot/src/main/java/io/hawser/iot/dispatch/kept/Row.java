package io.hawser.iot.dispatch.kept;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** One row of a table as it lies on disk, and its checksum. */
final class Row {
    private final long key;
    private final long since;
    private final String owner;
    private final byte[] json;

    Row(long key, long since, String owner, byte[] json) {
        this.key = key;
        this.since = since;
        this.owner = owner;
        this.json = json;
    }

    long key() {
        return key;
    }

    long since() {
        return since;
    }

    String owner() {
        return owner;
    }

    byte[] json() {
        return json;
    }

    long checksum(String table) {
        CRC32C sum = new CRC32C();
        sum.update(table.getBytes(UTF_8));
        sum.update(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(key).putLong(since).flip());
        sum.update(owner.getBytes(UTF_8));
        sum.update(0);
        sum.update(json);
        return sum.getValue();
    }
}

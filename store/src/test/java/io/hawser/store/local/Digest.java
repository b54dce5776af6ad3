package io.hawser.store.local;

import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.rack.Family;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** A number that two folders have in common when every row of them is the same. */
final class Digest {
    private Digest() {}

    static long of(Path folder) {
        CRC32C digest = new CRC32C();
        try (Disk disk = new Disk(DataFolder.existing(folder))) {
            for (Family family : Family.values()) {
                disk.scan(family, (key, value) -> {
                    digest.update(ByteBuffer.allocate(8)
                            .putInt(key.length)
                            .putInt(value.length)
                            .flip());
                    digest.update(key);
                    digest.update(value);
                });
            }
        }
        return digest.getValue();
    }
}

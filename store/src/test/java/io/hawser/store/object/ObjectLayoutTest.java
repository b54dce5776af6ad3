package io.hawser.store.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMetadata;
import io.hawser.core.store.object.ObjectName;
import io.hawser.core.store.object.UploadRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ObjectLayoutTest {
    private static final ObjectName NAME = new ObjectName("gcs-7", "logs/żółw");
    private static final ObjectMetadata METADATA =
            new ObjectMetadata("image/png", Map.of("camera", "left", "lens", ""));

    @Test
    void anObjectComesBackAndADamagedRecordIsNamed() {
        ObjectInfo info = new ObjectInfo(NAME, 9, 1L << 40, "ab".repeat(32), METADATA, 5, 6);
        ObjectManifest object = new ObjectManifest(info, 8);
        byte[] key = ObjectLayout.key(NAME);
        byte[] record = ObjectLayout.record(object);
        assertThat(ObjectLayout.object(key, record)).isEqualTo(object);
        assertDamageIsNamed(record, "object gcs-7/logs/żółw", bytes -> ObjectLayout.object(key, bytes));
        assertThatThrownBy(() -> ObjectLayout.object(ObjectLayout.key(new ObjectName("gcs-8", "x")), record))
                .hasMessageContaining("object gcs-8/x");
    }

    @Test
    void anUploadComesBackAndADamagedRecordIsNamed() {
        byte[] key = ObjectLayout.key(77);
        UploadRequest bare = UploadRequest.of(NAME);
        assertThat(ObjectLayout.upload(key, ObjectLayout.record(77, bare))).isEqualTo(bare);
        UploadRequest full = bare.withMetadata(METADATA).withSize(0).withSha256("cd".repeat(32));
        byte[] record = ObjectLayout.record(77, full);
        assertThat(ObjectLayout.upload(key, record)).isEqualTo(full);
        assertDamageIsNamed(record, "upload 77", bytes -> ObjectLayout.upload(key, bytes));
    }

    private static void assertDamageIsNamed(byte[] record, String name, Consumer<byte[]> read) {
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] flipped = record.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> read.accept(flipped)).hasMessageContaining("the record of " + name + " in the");
        }
        for (int length = 0; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            assertThatThrownBy(() -> read.accept(cut)).hasMessageContaining("the record of " + name + " in the");
        }
    }
}

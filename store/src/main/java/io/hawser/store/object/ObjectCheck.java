package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.store.local.disk.Check;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Findings;
import io.hawser.store.local.disk.Mending;
import io.hawser.store.rack.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Checks the records of objects and uploads, and every byte of the content of each object. A file that no record names is a
 * leftover, and an upload goes on where it stands, however little of it there is: neither is damage.
 */
public final class ObjectCheck implements Check {
    /** Nothing checked yet. */
    public ObjectCheck() {}

    @Override
    public void run(Disk disk, Findings findings) {
        new Pass(disk.folder().objects(), findings).run(disk);
    }

    /** One check. */
    private static final class Pass {
        private final Path folder;
        private final Findings findings;
        private long highest;

        Pass(Path folder, Findings findings) {
            this.folder = folder;
            this.findings = findings;
        }

        void run(Disk disk) {
            disk.scan(Family.OBJECTS, this::row);
            byte[] kept = disk.get(Family.OBJECTS, ObjectLayout.LAST).orElse(ObjectLayout.number(0));
            long said = kept.length == Long.BYTES ? ByteBuffer.wrap(kept).getLong() : -1;
            if (said < highest) {
                byte[] right = ObjectLayout.number(highest);
                String text = said < 0 ? "damaged" : "said to be " + said;
                findings.damaged(
                        "the highest number of the objects is " + text + ", but there is " + highest,
                        mending -> mending.replace(Family.OBJECTS, ObjectLayout.LAST, right));
            }
        }

        private void row(byte[] key, byte[] value) {
            if (Arrays.equals(key, ObjectLayout.LAST)) {
                return;
            }
            switch (key.length == 0 ? 0 : key[0]) {
                case ObjectLayout.OBJECT -> object(key, value);
                case ObjectLayout.UPLOAD -> upload(key, value);
                default -> drop("an unknown record of objects", key);
            }
        }

        private void object(byte[] key, byte[] value) {
            ObjectManifest object;
            try {
                object = ObjectLayout.object(key, value);
            } catch (StoreException damaged) {
                drop(String.valueOf(damaged.getMessage()), key);
                return;
            }
            highest = Math.max(highest, Math.max(object.number(), object.info().revision()));
            try {
                content(object);
            } catch (StoreException damaged) {
                setAside(String.valueOf(damaged.getMessage()), key, object.number());
            }
        }

        private void content(ObjectManifest object) {
            Path file = ChunkFile.path(folder, object.number());
            try (FileContent content = new FileContent(folder, object)) {
                long size = object.info().size();
                long expected = ChunkFile.length(size);
                int chunk = 0;
                for (long at = 0; at < size; at += StoredObjects.CHUNK) {
                    content.chunk(chunk++);
                }
                if (Files.size(file) != expected) {
                    throw new StoreException("object " + object.info().name() + " is damaged: its file " + file
                            + " has " + Files.size(file) + " bytes, it should have " + expected
                            + "; upload it again, or restore a backup");
                }
            } catch (IOException unreadable) {
                throw new StoreException(
                        "object " + object.info().name() + " cannot be read: " + DataFolder.why(unreadable),
                        unreadable);
            }
        }

        private void upload(byte[] key, byte[] value) {
            if (key.length != 1 + Long.BYTES) {
                drop("an upload under a key of a wrong length", key);
                return;
            }
            long number = ByteBuffer.wrap(key).getLong(1);
            highest = Math.max(highest, number);
            try {
                ObjectLayout.upload(key, value);
            } catch (StoreException damaged) {
                setAside(String.valueOf(damaged.getMessage()), key, number);
            }
        }

        private void drop(String text, byte[] key) {
            findings.damaged(text, mending -> mending.drop(Family.OBJECTS, key));
        }

        private void setAside(String text, byte[] key, long number) {
            findings.damaged(text, mending -> {
                mending.drop(Family.OBJECTS, key);
                move(mending, ChunkFile.path(folder, number));
            });
        }

        private static void move(Mending mending, Path file) {
            if (Files.exists(file)) {
                mending.move(file);
            }
        }
    }
}

package io.hawser.store.local.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the records of objects when the store is opened, and removes the files that none of them names. */
final class KeptObjects {
    private final Path folder;
    private final List<ObjectManifest> objects = new ArrayList<>();
    private final Map<Long, UploadRequest> uploads = new HashMap<>();
    private long last;

    private KeptObjects(Path folder) {
        this.folder = folder;
    }

    /**
     * What {@code disk} knows of the files in {@code folder}, which is made if it is missing.
     *
     * @throws StoreException if a record is damaged or the folder cannot be used
     */
    static ObjectMedium.Kept read(Disk disk, Path folder) {
        KeptObjects kept = new KeptObjects(folder);
        disk.scan(Family.OBJECTS, kept::take);
        try {
            Files.createDirectories(folder);
            kept.sweep();
            return new ObjectMedium.Kept(kept.last, kept.objects, kept.uploads());
        } catch (IOException unusable) {
            throw new StoreException("the folder " + folder + " cannot be used: " + DataFolder.why(unusable), unusable);
        }
    }

    private void take(byte[] key, byte[] value) {
        switch (key[0]) {
            case 'n' -> last = ByteBuffer.wrap(value).getLong();
            case ObjectLayout.OBJECT -> objects.add(ObjectLayout.object(key, value));
            case ObjectLayout.UPLOAD -> uploads.put(ByteBuffer.wrap(key).getLong(1), ObjectLayout.upload(key, value));
            default -> throw new StoreException("the data folder holds an unknown record of objects, kind " + key[0]);
        }
    }

    private void sweep() throws IOException {
        Set<String> named = new HashSet<>();
        objects.forEach(object -> named.add(Long.toString(object.number())));
        uploads.keySet().forEach(number -> named.add(Long.toString(number)));
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> isLeftover(file, named)).forEach(FileMedium::remove);
        }
    }

    private static boolean isLeftover(Path file, Set<String> named) {
        String name = String.valueOf(file.getFileName());
        return name.matches("\\d+") && !named.contains(name);
    }

    private List<ObjectMedium.KeptUpload> uploads() throws IOException {
        List<ObjectMedium.KeptUpload> kept = new ArrayList<>();
        for (Map.Entry<Long, UploadRequest> upload : uploads.entrySet()) {
            Path file = ChunkFile.path(folder, upload.getKey());
            boolean there = Files.exists(file);
            kept.add(new ObjectMedium.KeptUpload(
                    upload.getKey(),
                    upload.getValue(),
                    there ? Files.size(file) : 0,
                    there ? Files.getLastModifiedTime(file).toMillis() : Long.MAX_VALUE));
        }
        return kept;
    }
}

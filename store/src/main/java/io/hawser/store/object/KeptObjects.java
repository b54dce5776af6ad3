package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.UploadRequest;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.rack.Rack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Joins the records of objects to their files when the store is opened, and removes the files that none of them names.
 *
 * @param folder where the files are
 * @param records what there is
 */
record KeptObjects(Path folder, ObjectRecords.All records) {
    /**
     * What {@code rack} knows of the files in {@code folder}, which is made if it is missing.
     *
     * @throws StoreException if a record is damaged or the folder cannot be used
     */
    static ObjectMedium.Kept read(Rack rack, Path folder) {
        KeptObjects kept = new KeptObjects(folder, ObjectRecords.read(rack));
        try {
            Files.createDirectories(folder);
            kept.sweep();
            return new ObjectMedium.Kept(kept.records.last(), kept.records.objects(), kept.uploads());
        } catch (IOException unusable) {
            throw new StoreException("the folder " + folder + " cannot be used: " + DataFolder.why(unusable), unusable);
        }
    }

    private void sweep() throws IOException {
        Set<String> named = records.numbers().stream().map(String::valueOf).collect(Collectors.toSet());
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
        for (Map.Entry<Long, UploadRequest> upload : records.uploads().entrySet()) {
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

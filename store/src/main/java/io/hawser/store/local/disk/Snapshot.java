package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a data folder holds at one moment, under other names beside it: hard links, which cost neither time nor room. The
 * database makes its own; every other file that a part keeps is linked, and must be one that is never changed in place.
 *
 * @param path where it is, inside the data folder
 */
public record Snapshot(Path path) implements AutoCloseable {
    /** What belongs to the running hub and not to its data. */
    private static final Set<String> APART =
            Set.of("hawser.lock", "messages", "native", "reserve", "snapshot", "damaged");

    /** Takes one of {@code folder}; called by the owner of {@code disk}. */
    public static Snapshot take(DataFolder folder, Disk disk) {
        Snapshot snapshot = new Snapshot(folder.path().resolve("snapshot"));
        try {
            remove(snapshot.path);
            Files.createDirectories(snapshot.path);
            disk.checkpoint(snapshot.path.resolve("messages"));
            for (Path file : files(folder.path())) {
                Path name = folder.path().relativize(file);
                if (!APART.contains(name.getName(0).toString())) {
                    Path link = snapshot.path.resolve(name);
                    Files.createDirectories(link.resolveSibling("."));
                    Files.createLink(link, file);
                }
            }
            return snapshot;
        } catch (IOException failed) {
            throw new StoreException(
                    "no snapshot of " + folder.path() + " can be made: " + DataFolder.why(failed), failed);
        }
    }

    /** Every file in {@code folder} and below, sorted. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Removes {@code folder} with all that is in it, if it is there. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** Removes the links. */
    @Override
    public void close() {
        try {
            remove(path);
        } catch (IOException failed) {
            throw new StoreException("the snapshot " + path + " cannot be removed: " + DataFolder.why(failed), failed);
        }
    }
}

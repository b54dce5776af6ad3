package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Finds damaged files of a database, and makes a new one of all that can be read. Offline. */
public final class Salvage {
    private static final int PIECE = 1_000;

    private Salvage() {}

    /** Checks every block of every table file in {@code folder}. */
    public static void checkTables(DataFolder folder, Findings findings) {
        try (Options options = new Options()) {
            for (Path file : Snapshot.files(folder.database())) {
                if (file.toString().endsWith(".sst")) {
                    checkTable(options, file, findings);
                }
            }
        } catch (IOException unreadable) {
            findings.unreadable(
                    "the database in " + folder.path() + " cannot be listed: " + DataFolder.why(unreadable));
        }
    }

    private static void checkTable(Options options, Path file, Findings findings) {
        try (SstFileReader table = new SstFileReader(options)) {
            table.open(file.toString());
            table.verifyChecksum();
        } catch (RocksDBException damaged) {
            findings.unreadable("table " + file.getFileName() + ": " + damaged.getMessage());
        }
    }

    /**
     * Puts a database in the place of that in {@code folder}, of whatever can be read there; the old one goes to {@code aside}.
     *
     * @return how many stretches could not be read
     */
    public static int rebuild(DataFolder folder, Path aside) {
        Path fresh = folder.path().resolve("messages.new");
        try {
            Snapshot.remove(fresh);
            int gaps = 0;
            try (Disk from = Disk.salvaging(folder);
                    Disk to = Disk.beside(folder, fresh)) {
                for (Family family : Family.values()) {
                    gaps += copy(from, to, family);
                }
            }
            Files.createDirectories(aside);
            Files.move(folder.database(), aside.resolve("messages"));
            Files.move(fresh, folder.database());
            return gaps;
        } catch (IOException failed) {
            throw new StoreException(
                    "the database in " + folder.path() + " cannot be rebuilt: " + DataFolder.why(failed), failed);
        }
    }

    private static int copy(Disk from, Disk to, Family family) {
        Round[] round = {new Round(to)};
        int[] rows = {0};
        int gaps = from.salvage(family, (key, value) -> {
            round[0].put(family, key, value);
            if (++rows[0] % PIECE == 0) {
                round[0].write();
                round[0] = new Round(to);
            }
        });
        round[0].write();
        to.sync();
        return gaps;
    }

    /** What the database said is damaged, with the files that are read when it is opened if it named none. */
    static String named(String said, Path database) {
        if (said.matches("(?s).*(\\.sst|\\.log|MANIFEST|CURRENT).*")) {
            return said;
        }
        try {
            return said + " in "
                    + Snapshot.files(database).stream()
                            .map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> name.matches(".*\\.log|MANIFEST-.*|CURRENT"))
                            .collect(Collectors.joining(" or "));
        } catch (IOException gone) {
            return said;
        }
    }

    /** Every key that may begin what can be read again after a damaged stretch, given what tables say of themselves. */
    static List<byte[]> starts(List<byte[]> smallest, byte[] last) {
        return Stream.concat(Stream.of(last), smallest.stream())
                .filter(key -> Arrays.compareUnsigned(key, last) >= 0)
                .sorted(Arrays::compareUnsigned)
                .toList();
    }
}

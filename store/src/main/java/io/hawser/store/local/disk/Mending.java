package io.hawser.store.local.disk;

import io.hawser.core.store.StoreException;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Takes damaged things out of a data folder and keeps them in another: rows in the file {@code rows}, a line each of family,
 * key and value in hexadecimal digits; files under their names. Nothing is lost that was not lost before.
 */
public final class Mending {
    private final Disk disk;
    private final Path aside;
    private final Round round;
    private final List<String> rows = new ArrayList<>();

    /** Mends {@code disk}; what is taken out goes to the folder {@code aside}. */
    public Mending(Disk disk, Path aside) {
        this.disk = disk;
        this.aside = aside;
        this.round = new Round(disk);
    }

    /** Takes out what is under {@code key}. */
    public void drop(Family family, byte[] key) {
        remember(family, key);
        round.delete(family, key);
    }

    /** Puts {@code value} under {@code key}; what was there is kept aside. */
    public void replace(Family family, byte[] key, byte[] value) {
        remember(family, key);
        round.put(family, key, value);
    }

    /** Takes out {@code file} of the data folder. */
    public void move(Path file) {
        try {
            Path target = aside.resolve(disk.folder().path().relativize(file));
            Files.createDirectories(target.resolveSibling("."));
            Files.move(file, target);
        } catch (IOException failed) {
            throw new StoreException(file + " cannot be set aside: " + DataFolder.why(failed), failed);
        }
    }

    private void remember(Family family, byte[] key) {
        HexFormat hex = HexFormat.of();
        String value = disk.get(family, key).map(hex::formatHex).orElse("-");
        rows.add(family.label() + " " + hex.formatHex(key) + " " + value);
    }

    /** Writes what was taken out, then takes it out. */
    public void finish() {
        try {
            if (!rows.isEmpty()) {
                Files.createDirectories(aside);
                Files.write(aside.resolve("rows"), rows);
            }
        } catch (IOException failed) {
            throw new StoreException("nothing can be set aside in " + aside + ": " + DataFolder.why(failed), failed);
        }
        round.write();
        disk.sync();
    }
}

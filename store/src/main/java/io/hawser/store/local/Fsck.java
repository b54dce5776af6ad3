package io.hawser.store.local;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.map.MapAudit;
import io.hawser.core.store.record.RecordAudit;
import io.hawser.store.durable.DurableCheck;
import io.hawser.store.local.disk.Check;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Findings;
import io.hawser.store.local.disk.Mending;
import io.hawser.store.local.disk.Salvage;
import io.hawser.store.local.disk.ShelfCheck;
import io.hawser.store.object.ObjectCheck;
import io.hawser.store.rack.Family;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks a data folder while no hub uses it: every table file, and whatever each part knows of what it keeps. */
public final class Fsck {
    /** One a part. */
    private static final List<Check> CHECKS = List.of(
            new DurableCheck(),
            new ShelfCheck(Family.MAPS, MapAudit::run),
            new ShelfCheck(Family.RECORDS, RecordAudit::run),
            new ObjectCheck());

    private Fsck() {}

    /**
     * What a repair did.
     *
     * @param gaps stretches of the database that could not be read
     * @param aside the folder with the old database and every row that was taken out
     * @param left what is damaged still; empty if the folder is sound now
     */
    public record Repair(int gaps, Path aside, List<String> left) {
        /** With a copy of {@code left}. */
        public Repair {
            left = List.copyOf(left);
        }
    }

    /**
     * What is damaged in {@code data}, a line each that names it; empty if the folder is sound. Changes nothing.
     *
     * @throws StoreException with a text for the user if it is no data folder, or a hub uses it
     */
    public static List<String> check(Path data) {
        try (DataFolder folder = DataFolder.existing(data)) {
            return check(folder).texts();
        }
    }

    /**
     * Makes {@code data} sound: the database is built anew of all that can be read, and what is damaged or has lost what belongs
     * to it is taken out. What was consumed may come again where the note of it is lost.
     *
     * @throws StoreException with a text for the user if nothing can be read any more
     */
    public static Repair repair(Path data) {
        try (DataFolder folder = DataFolder.existing(data)) {
            Path aside = aside(data);
            int gaps = Salvage.rebuild(folder, aside);
            try (Disk disk = Disk.beside(folder)) {
                Findings findings = new Findings();
                CHECKS.forEach(check -> check.run(disk, findings));
                Mending mending = new Mending(disk, aside);
                findings.mend(mending);
                mending.finish();
            }
            return new Repair(gaps, aside, check(folder).texts());
        }
    }

    private static Findings check(DataFolder folder) {
        Findings findings = new Findings();
        Salvage.checkTables(folder, findings);
        try (Disk disk = Disk.reading(folder)) {
            for (Check check : CHECKS) {
                run(check, disk, findings);
            }
        } catch (StoreException closed) {
            findings.unreadable(String.valueOf(closed.getMessage()));
        }
        return findings;
    }

    private static void run(Check check, Disk disk, Findings findings) {
        try {
            check.run(disk, findings);
        } catch (StoreException unreadable) {
            findings.unreadable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static Path aside(Path data) {
        int number = 1;
        while (Files.exists(data.resolve("damaged").resolve(Integer.toString(number)))) {
            number++;
        }
        return data.resolve("damaged").resolve(Integer.toString(number));
    }
}

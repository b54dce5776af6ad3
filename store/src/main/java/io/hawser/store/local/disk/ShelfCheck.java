package io.hawser.store.local.disk;

import io.hawser.core.store.shelf.Defects;
import io.hawser.core.store.shelf.Shelf;
import io.hawser.store.rack.Family;
import io.hawser.store.rack.RackShelf;
import java.util.function.BiConsumer;

/**
 * The check of a family that is a shelf.
 *
 * @param audit tells what is damaged on a shelf, and changes nothing
 */
public record ShelfCheck(Family family, BiConsumer<Shelf, Defects> audit) implements Check {
    @Override
    public void run(Disk disk, Findings findings) {
        audit.accept(new RackShelf(disk, family), new Defects() {
            @Override
            public void drop(String text, byte[] key) {
                findings.damaged(text, mending -> mending.drop(family, key));
            }

            @Override
            public void replace(String text, byte[] key, byte[] value) {
                findings.damaged(text, mending -> mending.replace(family, key, value));
            }
        });
    }
}

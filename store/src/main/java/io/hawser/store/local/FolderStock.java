package io.hawser.store.local;

import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.store.copy.Stock;
import io.hawser.store.local.disk.DataFolder;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.object.RackObjects;
import io.hawser.store.rack.Rack;
import java.nio.file.Path;

/** A data folder that no hub uses. Owner: whoever opens it. */
public final class FolderStock implements Stock {
    private final DataFolder folder;
    private final Disk disk;

    private FolderStock(DataFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * The data folder {@code path}, to be read.
     *
     * @throws io.hawser.core.store.StoreException with a text for the user if it is none, or a hub uses it
     */
    public static FolderStock existing(Path path) {
        DataFolder folder = DataFolder.existing(path);
        try {
            return new FolderStock(folder, Disk.reading(folder));
        } catch (RuntimeException unusable) {
            folder.close();
            throw unusable;
        }
    }

    /**
     * The data folder {@code path}, made if it is missing.
     *
     * @throws io.hawser.core.store.StoreException with a text for the user if it holds something else, or a hub uses it
     */
    public static FolderStock open(Path path) {
        DataFolder folder = DataFolder.open(path);
        try {
            return new FolderStock(folder, Disk.beside(folder));
        } catch (RuntimeException unusable) {
            folder.close();
            throw unusable;
        }
    }

    @Override
    public Rack rack() {
        return disk;
    }

    @Override
    public ObjectContent open(ObjectManifest object) {
        return RackObjects.content(folder.objects(), object);
    }

    @Override
    public ObjectDraft create(long number) {
        return RackObjects.draft(folder.objects(), number);
    }

    @Override
    public void close() {
        disk.close();
        folder.close();
    }
}

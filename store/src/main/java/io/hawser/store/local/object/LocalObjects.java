package io.hawser.store.local.object;

import io.hawser.core.store.StoreThread;
import io.hawser.core.store.object.ObjectCatalog;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.store.local.disk.Disk;
import io.hawser.store.local.disk.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The objects of the local engine and their thread, which reads and writes the files, so that the writer never waits for one.
 * What fills its queue is bounded: a window for each upload, one read for each reader.
 */
public final class LocalObjects {
    private static final long END_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread;
    private final ObjectCatalog catalog;

    private LocalObjects(ScheduledThreadPoolExecutor thread, ObjectCatalog catalog) {
        this.thread = thread;
        this.catalog = catalog;
    }

    /** What {@code disk} and {@code folder} hold; called before a writer has the disk. */
    public static ObjectMedium.Kept kept(Disk disk, Path folder) {
        return KeptObjects.read(disk, folder);
    }

    /**
     * Starts the thread.
     *
     * @param kept what {@link #kept} found in {@code folder}
     * @param writer keeps the records
     * @param clock the time; it never jumps
     */
    public static LocalObjects start(
            Path folder, ObjectMedium.Kept kept, Writer writer, InstantSource clock, ObjectLimits limits) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "hawser-objects");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new LocalObjects(
                thread, new ObjectCatalog(StoreThread.on(thread, clock), new FileMedium(folder, writer, kept), limits));
    }

    /** The objects. */
    public StoredObjects objects() {
        return catalog;
    }

    /** Hands what was accepted to the writer, then takes nothing more. */
    public void close() {
        try {
            catalog.close().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException stuck) {
            thread.shutdownNow();
        }
    }

    /** Does what follows when the writer has closed, then ends the thread. */
    public void end() {
        thread.shutdown();
        try {
            thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

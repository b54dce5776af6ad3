package io.hawser.store.object;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.object.ObjectCatalog;
import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.core.store.object.ObjectMedium;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.store.rack.Rack;
import io.hawser.store.rack.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The objects of an engine and their thread, which reads and writes contents, so that the writer never waits for one.
 * What fills its queue is bounded: a window for each upload, one read for each reader.
 */
public final class RackObjects {
    private static final long END_SECONDS = 30;

    private final ScheduledThreadPoolExecutor thread;
    private final ObjectCatalog catalog;

    private RackObjects(ScheduledThreadPoolExecutor thread, ObjectCatalog catalog) {
        this.thread = thread;
        this.catalog = catalog;
    }

    /** What {@code rack} and {@code folder} hold; called before a writer has the rack. */
    public static ObjectMedium.Kept kept(Rack rack, Path folder) {
        return KeptObjects.read(rack, folder);
    }

    /** The content of {@code object} in {@code folder}, to be read while nobody uses the store. */
    public static ObjectContent content(Path folder, ObjectManifest object) {
        return new FileContent(folder, object);
    }

    /** A new content in {@code folder}, which is made if it is missing, while nobody uses the store. */
    public static ObjectDraft draft(Path folder, long number) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unusable) {
            throw new StoreException("the folder " + folder + " cannot be used: " + unusable, unusable);
        }
        return new FileDraft(folder, number);
    }

    /**
     * Starts the thread for contents in files.
     *
     * @param kept what {@link #kept} found in {@code folder}
     * @param writer keeps the records
     * @param clock the time; it never jumps
     */
    public static RackObjects start(
            Path folder, ObjectMedium.Kept kept, Writer writer, InstantSource clock, ObjectLimits limits) {
        return start(new FileMedium(folder, new ObjectRecords(writer), kept), clock, limits);
    }

    /**
     * Starts the thread, which owns {@code medium}.
     *
     * @param clock the time; it never jumps
     */
    public static RackObjects start(ObjectMedium medium, InstantSource clock, ObjectLimits limits) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "hawser-objects");
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return new RackObjects(thread, new ObjectCatalog(StoreThread.on(thread, clock), medium, limits));
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

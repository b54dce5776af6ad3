package io.hawser.iot.storage;

import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.Threads;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.net.Loop;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What moves the contents of one device or operator, made when it is first needed. Callable from any thread, in turns. */
public final class Storing implements AutoCloseable {
    private static final String PATH = "provisioner/storage";

    private final Loop loop;
    private final HttpsLink link;
    private final TrustedAssets assets;
    private final StorageSettings settings;
    private final Optional<Executor> callbacks;
    private @Nullable StorageDispatcher dispatcher;
    private boolean closed;

    /**
     * Nothing is moved yet.
     *
     * @param callbacks hears how transfers end; if it is not there, a daemon thread does
     */
    public Storing(
            Loop loop, HttpsLink link, TrustedAssets assets, StorageSettings settings, Optional<Executor> callbacks) {
        this.loop = loop;
        this.link = link;
        this.assets = assets;
        this.settings = settings;
        this.callbacks = callbacks;
    }

    /**
     * What moves them.
     *
     * @throws AssetsException if the trust anchors cannot be used
     * @throws IllegalStateException if this is closed
     */
    public synchronized StorageDispatcher dispatcher() throws AssetsException {
        if (closed) {
            throw new IllegalStateException("this is closed");
        }
        if (dispatcher == null) {
            dispatcher = new StorageDispatcher(
                    settings,
                    () -> link.publicly(PATH),
                    assets.client(),
                    loop,
                    Threads.pool(1, "hawser-iot-storage-"),
                    callbacks.orElseGet(() -> Threads.pool(1, "hawser-iot-storage-callback-")));
        }
        return dispatcher;
    }

    /** The content at {@code uri}, if it is to be uploaded yet. */
    public synchronized Optional<StorageObject> upload(String uri) {
        return dispatcher == null ? Optional.empty() : dispatcher.upload(uri);
    }

    /** Cancels everything. */
    @Override
    public synchronized void close() {
        closed = true;
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}

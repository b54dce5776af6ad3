package io.hawser.iot.device;

import io.hawser.iot.link.AssetsException;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.TrustedAssets;
import io.hawser.iot.storage.StorageDispatcher;
import io.hawser.iot.storage.StorageObject;
import io.hawser.net.Loop;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What moves the contents of one device, made when it is first needed. Callable from any thread, in turns. */
final class Storing {
    private static final String PATH = "provisioner/storage";

    private final Loop loop;
    private final HttpsLink link;
    private final TrustedAssets assets;
    private final DeviceOptions options;
    private @Nullable StorageDispatcher dispatcher;
    private boolean closed;

    Storing(Loop loop, HttpsLink link, TrustedAssets assets, DeviceOptions options) {
        this.loop = loop;
        this.link = link;
        this.assets = assets;
        this.options = options;
    }

    synchronized StorageDispatcher dispatcher() throws AssetsException {
        if (closed) {
            throw new IllegalStateException("the device is closed");
        }
        if (dispatcher == null) {
            Executor callbacks = options.executor().orElseGet(() -> Threads.pool(1, "hawser-iot-storage-callback-"));
            dispatcher = new StorageDispatcher(
                    options.storage(),
                    () -> link.publicly(PATH),
                    assets.client(),
                    loop,
                    Threads.pool(1, "hawser-iot-storage-"),
                    callbacks);
        }
        return dispatcher;
    }

    /** The content at {@code uri}, if it is to be uploaded yet. */
    synchronized Optional<StorageObject> upload(String uri) {
        return dispatcher == null ? Optional.empty() : dispatcher.upload(uri);
    }

    synchronized void close() {
        closed = true;
        if (dispatcher != null) {
            dispatcher.close();
        }
    }
}

package io.hawser.store.local;

import io.hawser.core.store.object.ObjectLimits;
import io.hawser.core.store.object.ObjectsContract;
import io.hawser.core.store.object.StoredObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class LocalObjectsTest extends ObjectsContract {
    /** Set by the superclass's constructor, before this class's own. */
    private @Nullable ObjectScene scene;

    @Override
    protected StoredObjects open(ObjectLimits limits) {
        try {
            ObjectScene opened = new ObjectScene(Files.createTempDirectory("hawser-objects"), limits);
            scene = opened;
            return opened.objects();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    protected <T> T done(CompletableFuture<T> future) {
        return ObjectScene.done(future);
    }

    @Override
    protected void advance(Duration step) {
        opened().advance(step);
    }

    @AfterEach
    void close() {
        opened().close();
        opened().delete();
    }

    private ObjectScene opened() {
        return Objects.requireNonNull(scene, "opened");
    }
}

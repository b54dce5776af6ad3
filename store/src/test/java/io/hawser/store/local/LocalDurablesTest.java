package io.hawser.store.local;

import io.hawser.core.store.durable.DurableLimits;
import io.hawser.core.store.durable.DurablesContract;
import io.hawser.core.store.engine.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class LocalDurablesTest extends DurablesContract {
    /** Set by the superclass's constructor, before this class's own. */
    private @Nullable Scene scene;

    @Override
    protected Store open(DurableLimits limits) {
        try {
            Scene opened = new Scene(Files.createTempDirectory("hawser-store"), limits);
            scene = opened;
            return opened.store();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    protected void settle(Store store) {
        Scene.barrier(store);
        clock.run();
    }

    @AfterEach
    void close() {
        Scene opened = Objects.requireNonNull(scene, "opened");
        opened.close();
        Scene.delete(opened.folder());
    }
}

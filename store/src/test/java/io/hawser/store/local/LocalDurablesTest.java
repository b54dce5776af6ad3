package io.hawser.store.local;

import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurablesContract;
import io.hawser.core.store.engine.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

class LocalDurablesTest extends DurablesContract {
    /** Set by the superclass's constructor, before this class's own. */
    private @Nullable Path folder;

    private @Nullable LocalStore store;

    @Override
    protected Store open(DurableListener listener) {
        try {
            Path made = Files.createTempDirectory("hawser-store");
            LocalStore opened = LocalStore.open(made, clock, listener, failure -> {});
            folder = made;
            store = opened;
            return opened;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    protected void settle(Store engine) {
        Scene.barrier(engine);
        clock.run();
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(store, "opened").close();
        Scene.delete(Objects.requireNonNull(folder, "opened"));
    }
}

package io.hawser.store.local;

import io.hawser.core.store.engine.Store;
import io.hawser.core.store.map.ConcurrentMapsContract;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LocalConcurrentMapsTest extends ConcurrentMapsContract {
    @TempDir
    private Path temp;

    private @Nullable Scene scene;

    @Override
    protected Store open() {
        scene = new Scene(temp.resolve("data"));
        return scene.store();
    }

    @AfterEach
    void end() {
        if (scene != null) {
            scene.close();
        }
    }
}

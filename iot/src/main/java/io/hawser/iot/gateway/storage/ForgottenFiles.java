package io.hawser.iot.gateway.storage;

import io.hawser.core.store.object.StoredObjects;
import io.hawser.iot.registry.Registry;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the files of devices and programs that were removed: nobody reaches them any more. Owner: the gateway's loop. */
public final class ForgottenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ForgottenFiles.class);
    private static final int MOST = 100_000;

    private final Registry registry;
    private final StoredObjects objects;
    private final Executor owner;

    /** For the files in {@code objects}. */
    public ForgottenFiles(Registry registry, StoredObjects objects, Executor owner) {
        this.registry = registry;
        this.objects = objects;
        this.owner = owner;
    }

    /** Finishes what an earlier life did not come to, and does it from now on. */
    public void open() {
        registry.whenRemoved(device -> delete(FileOwner.of(device).inStore()));
        registry.integrations()
                .whenRevoked(program -> delete(FileOwner.of(program).inStore()));
        objects.usage()
                .whenCompleteAsync(
                        (usage, failure) -> {
                            if (failure == null) {
                                usage.keySet().stream()
                                        .filter(whose -> FileOwner.isForgotten(whose, registry))
                                        .forEach(this::delete);
                            }
                        },
                        owner);
    }

    private void delete(String whose) {
        objects.list(whose, "", "", MOST).whenComplete((files, failure) -> {
            if (failure == null && !files.isEmpty()) {
                LOG.info("iot: the {} files of {} go, for that was removed", files.size(), whose);
                files.forEach(file -> objects.delete(file.name()));
            }
        });
    }
}

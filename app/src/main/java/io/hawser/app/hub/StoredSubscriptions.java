package io.hawser.app.hub;

import io.hawser.core.bytes.BytesException;
import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.engine.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Makes the durables that a store holds heard again, before anybody can publish. */
final class StoredSubscriptions {
    private StoredSubscriptions() {}

    /**
     * Returns when {@code conductor} knows every durable of {@code store}.
     *
     * @throws StoreException that names the durable whose definition cannot be read
     */
    static void restore(Store store, Conductor conductor) {
        List<CompletableFuture<Void>> added = new ArrayList<>();
        for (Map.Entry<DurableName, byte[]> durable :
                store.durables().definitions().join().entrySet()) {
            try {
                added.add(conductor.add(
                        new DurableSubscription(durable.getKey(), InterestBytes.read(durable.getValue()))));
            } catch (BytesException unreadable) {
                throw new StoreException(
                        "the definition of durable " + durable.getKey() + " cannot be read: " + unreadable.getMessage(),
                        unreadable);
            }
        }
        added.forEach(CompletableFuture::join);
    }
}

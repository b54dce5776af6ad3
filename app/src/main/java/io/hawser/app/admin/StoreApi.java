package io.hawser.app.admin;

import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import io.hawser.store.nats.NatsStatus;
import io.hawser.store.nats.NatsStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What keeps everything.
 *
 * <pre>
 *   GET /store    {"engine":"local","place":"/var/lib/hawser"}, or memory; on NATS
 *                 {"engine":"nats","place":..,"taking":true,"version":"2.9.10","servers":3,"replicas":3}, with "why" if it takes nothing
 * </pre>
 */
public final class StoreApi {
    private final Answers answers;
    private final Store store;
    private final String place;

    /**
     * About {@code store}.
     *
     * @param answers where everything is worked out
     * @param place where it is, for people
     */
    public StoreApi(Answers answers, Store store, String place) {
        this.answers = answers;
        this.store = store;
        this.place = place;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get("/store", question -> CompletableFuture.completedFuture(row())));
    }

    private Fields row() {
        if (store instanceof NatsStore nats) {
            return nats(nats.status());
        }
        return Fields.builder()
                .put("engine", store instanceof MemoryStore ? "memory" : "local")
                .put("place", place)
                .build();
    }

    private Fields nats(NatsStatus status) {
        Fields.Builder row = Fields.builder()
                .put("engine", "nats")
                .put("place", place)
                .put("taking", Value.Bool.of(status.outage().isEmpty()))
                .put("version", status.version())
                .put("servers", status.servers())
                .put("replicas", status.replicas());
        status.outage().ifPresent(why -> row.put("why", why));
        return row.build();
    }
}

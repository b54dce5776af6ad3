package io.hawser.verify.crash;

import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One publisher over all lives of the hub, its numbers growing; what was acknowledged to it must never be lost. */
final class Source {
    /** So many publications wait for their acknowledgement at once. */
    static final int WINDOW = 100;

    private final String name;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private long number;

    Source(String name) {
        this.name = name;
    }

    /** Publishes as fast as the hub acknowledges, until the connection ends. */
    void publish(HubProcess hub) {
        EftlConnection connection = hub.client(name);
        for (int i = 0; i < WINDOW; i++) {
            next(connection);
        }
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    private synchronized void next(EftlConnection connection) {
        long mine = ++number;
        Fields fields = Fields.builder()
                .put("from", name)
                .put("n", mine)
                .put("x", "y".repeat(100))
                .build();
        connection.publish(EftlMessage.of(fields)).whenComplete((receivers, failure) -> {
            if (failure == null) {
                acknowledged.add(name + "/" + mine);
                next(connection);
            }
        });
    }
}

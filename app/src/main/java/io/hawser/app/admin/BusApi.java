package io.hawser.app.admin;

import io.hawser.core.route.Conductor;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Who is connected, and who wants what. */
public final class BusApi {
    private final Answers answers;
    private final SubscriptionRows subscriptions;
    private final Supplier<Set<String>> clients;

    /**
     * About the subscriptions of {@code conductor}.
     *
     * @param answers where everything is worked out
     * @param clients names of those who are connected: a channel, '/' and an id; callable from any thread
     */
    public BusApi(Answers answers, Conductor conductor, Supplier<Set<String>> clients) {
        this.answers = answers;
        this.subscriptions = new SubscriptionRows(conductor);
        this.clients = clients;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.listNow(
                        "/clients", () -> clients.get().stream().sorted().toList(), BusApi::client),
                answers.listNow("/subscriptions", subscriptions::all, SubscriptionRows::row));
    }

    private static Fields client(String name) {
        return Fields.builder()
                .put("protocol", "eftl")
                .put("channel", name.substring(0, name.lastIndexOf('/')))
                .put("id", name.substring(name.lastIndexOf('/') + 1))
                .build();
    }
}

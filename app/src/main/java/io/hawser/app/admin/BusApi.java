package io.hawser.app.admin;

import io.hawser.core.route.Conductor;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who is connected, and who wants what. */
public final class BusApi {
    private final Answers answers;
    private final SubscriptionRows subscriptions;
    private final Supplier<Set<String>> clients;
    private final Supplier<CompletableFuture<List<Fields>>> others;

    /**
     * About the subscriptions of {@code conductor}.
     *
     * @param answers where everything is worked out
     * @param clients names of those who are connected by eFTL: a channel, '/' and an id; callable from any thread
     * @param others a row for each party of the other protocols, in an order that stays; callable from any thread
     */
    public BusApi(
            Answers answers,
            Conductor conductor,
            Supplier<Set<String>> clients,
            Supplier<CompletableFuture<List<Fields>>> others) {
        this.answers = answers;
        this.subscriptions = new SubscriptionRows(conductor);
        this.clients = clients;
        this.others = others;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list("/clients", this::everybody, CompletableFuture::completedFuture),
                answers.listNow("/subscriptions", subscriptions::all, SubscriptionRows::row));
    }

    private CompletableFuture<List<Fields>> everybody() {
        Stream<Fields> known = clients.get().stream().sorted().map(BusApi::client);
        return answers.then(
                others.get(), more -> Stream.concat(known, more.stream()).toList());
    }

    private static Fields client(String name) {
        return Fields.builder()
                .put("protocol", "eftl")
                .put("channel", name.substring(0, name.lastIndexOf('/')))
                .put("id", name.substring(name.lastIndexOf('/') + 1))
                .build();
    }
}

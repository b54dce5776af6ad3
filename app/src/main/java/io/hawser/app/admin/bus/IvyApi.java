package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.gateway.AgentStatus;
import io.hawser.ivy.gateway.DomainStatus;
import io.hawser.ivy.gateway.IvyGateway;
import io.hawser.net.http.Route;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The Ivy domains that the hub has joined, and who is there.
 *
 * <pre>
 *   GET /ivy       what each domain is asked for, and what was counted there
 *   GET /clients   each agent too
 * </pre>
 */
public final class IvyApi {
    private final Answers answers;
    private final List<IvyGateway> domains;

    /** About {@code domains}; everything is worked out on {@code answers}. */
    public IvyApi(Answers answers, List<IvyGateway> domains) {
        this.answers = answers;
        this.domains = List.copyOf(domains);
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.list(
                "/ivy",
                () -> all(IvyGateway::status),
                page -> CompletableFuture.completedFuture(
                        page.stream().map(IvyApi::row).toList())));
    }

    /** Completes with a row for each agent of each domain. Callable from any thread. */
    public CompletableFuture<List<Fields>> agents() {
        return all(IvyGateway::agents)
                .thenApply(each ->
                        each.stream().flatMap(List::stream).map(IvyApi::row).toList());
    }

    private <T> CompletableFuture<List<T>> all(Function<IvyGateway, CompletableFuture<T>> question) {
        CompletableFuture<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (IvyGateway domain : domains) {
            all = all.thenCombine(question.apply(domain), (before, one) -> {
                before.add(one);
                return before;
            });
        }
        return all;
    }

    private static Fields row(DomainStatus domain) {
        Fields.Builder row = Fields.builder()
                .put("domain", domain.name())
                .put("bus", domain.bus())
                .put("agent", domain.agent())
                .put("address", written(domain.address()))
                .put("agents", domain.agents());
        domain.binding().ifPresent(binding -> row.put("binding", binding));
        domain.left().ifPresent(left -> row.put("left", left));
        row.put("denied", domain.refused()).put("circling", domain.circling());
        for (IvyCount count : IvyCount.values()) {
            row.put(count.name().toLowerCase(Locale.ROOT), domain.counts().getOrDefault(count, 0L));
        }
        return row.build();
    }

    private static Fields row(AgentStatus agent) {
        return Fields.builder()
                .put("protocol", "ivy")
                .put("domain", agent.domain())
                .put("id", agent.name())
                .put("address", written(agent.address()))
                .put("since", new Value.DateTime(agent.since().toEpochMilli()))
                .put("subscriptions", agent.subscriptions())
                .put("waiting", agent.waiting())
                .put("queue", agent.queue())
                .put("dropped", agent.dropped())
                .put("unsayable", agent.unsayable())
                .put("unsent_bytes", agent.unsentBytes())
                .build();
    }

    private static String written(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

package io.hawser.eftl.gateway.kept;

import io.hawser.core.route.Bus;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.route.InterestBytes;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.eftl.gateway.channel.EftlMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What channels keep of what is published on them: each in a durable that nobody consumes from and that drops the oldest.
 * Callable from any thread.
 */
public final class ChannelHistory {
    private static final String SCOPE = "eftl-history";
    private static final Logger LOG = LoggerFactory.getLogger(ChannelHistory.class);

    private final Bus bus;

    /** Histories in the store of {@code bus}. */
    public ChannelHistory(Bus bus) {
        this.bus = bus;
    }

    /** The durable that the channel {@code channel} keeps its history in. */
    public static DurableName name(String channel) {
        return new DurableName(SCOPE, channel);
    }

    /** True if {@code durable} is a history, so that it is meant to be full and to drop the oldest. */
    public static boolean isOne(DurableName durable) {
        return durable.scope().equals(SCOPE);
    }

    /** Completes when those of {@code channels} that have a history keep it, and any other is gone. */
    public CompletableFuture<Void> keep(Collection<EftlMapping> channels) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        Set<DurableName> kept = channels.stream()
                .map(EftlMapping::channel)
                .filter(channel -> channel.history().isPresent())
                .map(channel -> name(channel.name()))
                .collect(Collectors.toUnmodifiableSet());
        for (EftlMapping mapping : channels) {
            mapping.channel().history().ifPresent(settings -> done.add(keep(mapping, settings)));
        }
        done.add(bus.store().durables().list().thenAccept(all -> all.stream()
                .map(DurableInfo::name)
                .filter(name -> isOne(name) && !kept.contains(name))
                .forEach(this::forget)));
        return CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<Void> keep(EftlMapping mapping, DurableSettings settings) {
        DurableSubscription all = new DurableSubscription(name(mapping.channel().name()), mapping.everything(), false);
        return CompletableFuture.allOf(
                bus.store().durables().define(all.name(), settings, InterestBytes.write(all.interest())),
                bus.conductor().add(all));
    }

    private void forget(DurableName name) {
        LOG.info("eftl[{}] keeps no history any more: what it kept is deleted", name.name());
        bus.conductor().interests().durable(name).ifPresent(bus.conductor()::remove);
        bus.store().durables().delete(name).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("eftl[{}] history is not deleted", name.name(), failure);
            }
        });
    }
}

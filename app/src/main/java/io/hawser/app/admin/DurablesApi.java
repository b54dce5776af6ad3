package io.hawser.app.admin;

import io.hawser.core.route.Conductor;
import io.hawser.core.route.DurableSubscription;
import io.hawser.core.store.durable.DurableInfo;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import io.hawser.core.store.durable.Durables;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is kept for whom. A durable is named by its name and, where several have it, in the query, its {@code owner}.
 *
 * <pre>
 *   GET    /durables                            what each wants, and how deep it is
 *   GET    /durables/NAME?owner=                the same of one, with its settings
 *   GET    /durables/NAME/messages?from=&amp;limit=  {"items":[..],"next":..}: what it holds, from a store id on; changes nothing
 *          &amp;since=&amp;until=&amp;topic=           of it what came in that time (2027-01-31T12:00:00Z, or 10m ago) on these topics
 *          &amp;last=                           of that the newest, instead of from and limit
 *   DELETE /durables/NAME/messages              removes them
 *   DELETE /durables/NAME                       removes the durable with its messages; whoever consumes is told
 * </pre>
 */
public final class DurablesApi {
    private static final int FEW = 5;

    private final Answers answers;
    private final SubscriptionRows subscriptions;
    private final Durables durables;
    private final Function<DurableName, CompletableFuture<Void>> deletion;
    private final InstantSource clock;

    /**
     * About {@code durables}, which are those in {@code conductor}.
     *
     * @param answers where everything is worked out
     * @param deletion removes one from both, completing when it is gone
     * @param clock the store's
     */
    public DurablesApi(
            Answers answers,
            Conductor conductor,
            Durables durables,
            Function<DurableName, CompletableFuture<Void>> deletion,
            InstantSource clock) {
        this.answers = answers;
        this.subscriptions = new SubscriptionRows(conductor);
        this.durables = durables;
        this.deletion = deletion;
        this.clock = clock;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/durables", () -> CompletableFuture.completedFuture(subscriptions.durables()), this::rows),
                answers.get("/durables/{name}", this::one),
                answers.get("/durables/{name}/messages", this::view),
                answers.delete("/durables/{name}/messages", this::purge),
                answers.delete("/durables/{name}", this::delete));
    }

    private CompletableFuture<List<Fields>> rows(List<DurableSubscription> page) {
        List<DurableName> names = page.stream().map(DurableSubscription::name).toList();
        return answers.then(durables.find(names), found -> {
            Map<DurableName, DurableInfo> infos =
                    found.stream().collect(Collectors.toMap(DurableInfo::name, Function.identity()));
            return page.stream()
                    .map(each -> row(each, Optional.ofNullable(infos.get(each.name()))))
                    .toList();
        });
    }

    /** One that is just being deleted has no depth any more. */
    private Fields row(DurableSubscription durable, Optional<DurableInfo> depth) {
        Fields.Builder row = SubscriptionRows.row(durable).toBuilder();
        depth.ifPresent(info -> {
            DurableSettings settings = info.settings();
            row.put("type", written(settings.kind()));
            settings.key().ifPresent(key -> row.put("key", key));
            row.put("messages", info.waiting() + info.out())
                    .put("max_messages", settings.messages())
                    .put("bytes", info.bytes())
                    .put("max_bytes", settings.bytes())
                    .put("in_flight", info.out())
                    .put("consumers", info.consumers())
                    .put("redelivered", info.redelivered())
                    .put("dropped", info.dropped())
                    .put("expired", info.expired());
            info.oldest()
                    .map(since -> Duration.between(since, clock.instant()))
                    .ifPresent(age -> row.put("oldest_seconds", Math.max(0, age.toSeconds())));
        });
        return row.build();
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private DurableSubscription named(Question question) {
        String name = question.part("name");
        Optional<String> owner = question.query("owner");
        List<DurableSubscription> found = subscriptions.durables().stream()
                .filter(each -> each.name().name().equals(name)
                        && owner.map(each.name().scope()::equals).orElse(true))
                .limit(FEW)
                .toList();
        if (found.isEmpty()) {
            throw missing(new DurableName(owner.orElse(""), name));
        }
        if (found.size() > 1) {
            throw Rejection.wrong("several durables are called " + name + "; say whose: owner "
                    + found.stream().map(each -> each.name().scope()).collect(Collectors.joining(", or ")));
        }
        return found.get(0);
    }

    private static Rejection missing(DurableName name) {
        return Rejection.missing(
                "there is no durable " + name.name() + (name.scope().isEmpty() ? "" : " of " + name.scope()));
    }

    private CompletableFuture<Fields> one(Question question) {
        DurableSubscription durable = named(question);
        return answers.then(durables.find(durable.name()), found -> {
            DurableSettings settings =
                    found.orElseThrow(() -> missing(durable.name())).settings();
            return row(durable, found).toBuilder()
                    .put("when_full", written(settings.whenFull()))
                    .put("message_ttl_seconds", Rows.seconds(settings.messageTtl()))
                    .put("durable_ttl_seconds", Rows.seconds(settings.durableTtl()))
                    .put("ack_timeout_seconds", Rows.seconds(settings.ackTimeout()))
                    .put("max_deliveries", settings.maxDeliveries())
                    .build();
        });
    }

    private CompletableFuture<Fields> view(Question question) {
        return DurableView.of(answers, durables, named(question).name(), question, clock.instant());
    }

    private CompletableFuture<Fields> purge(Question question) {
        DurableName name = named(question).name();
        return answers.then(durables.purge(name), done -> said("purged", name));
    }

    private CompletableFuture<Fields> delete(Question question) {
        DurableName name = named(question).name();
        return answers.then(deletion.apply(name), done -> said("removed", name));
    }

    private static Fields said(String what, DurableName name) {
        return Fields.builder()
                .put(what, name.name())
                .put("owner", name.scope())
                .build();
    }
}

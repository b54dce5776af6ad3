package io.hawser.iot.registry.history;

import io.hawser.core.store.StoreException;
import io.hawser.core.store.record.RecordPage;
import io.hawser.core.store.record.RecordTable;
import io.hawser.iot.registry.history.Intake.Encoded;
import io.hawser.iot.registry.kept.Edit;
import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What devices said, and what is known of them by it. Owner only; every future completes on the owner, when the store has the
 * change, or with a {@link RegistryException}.
 *
 * <p>Recovery: devices repeat whole calls when an answer was lost, however long ago. What is kept of a message holds its id, so
 * the newest ids of each device are known after a restart as before: a message that comes again is answered, and not kept twice.
 *
 * <p>In memory are the heads of chunks, the ids and what is known of devices; messages are read from the store.
 */
public final class History {
    /** A commit makes at most 1,000 changes. */
    private static final int COMMIT = 900;

    private static final int PAGE = 1_000;

    private final Keeper keeper;
    private final HistoryLimits limits;
    private final RecordTable<Chunk> table;
    private final Image<LastKnown> states;
    private final HistoryIndex index = new HistoryIndex();
    private final Map<String, SeenIds> seen = new HashMap<>();
    private final ReceiveTimes times;
    private final HistoryReader reader;
    private final HistoryRetention retention;
    private long lastNumber;

    /** The history in the store, none until it is loaded. */
    public History(Keeper keeper, InstantSource clock, HistoryLimits limits) {
        this.keeper = keeper;
        this.limits = limits;
        this.table = keeper.records().table(Chunk.CHUNKS);
        this.states = new Image<>(keeper.records(), LastKnown.STATES, (before, after) -> {});
        this.times = new ReceiveTimes(clock);
        this.reader = new HistoryReader(table, index, keeper.owner());
        this.retention = new HistoryRetention(clock, limits, index);
    }

    /** Reads what is kept; completes on the owner. */
    public CompletableFuture<Void> load() {
        return states.load(keeper.owner()).thenCompose(done -> load(""));
    }

    private CompletableFuture<Void> load(String after) {
        return table.list("", after, PAGE).thenComposeAsync(this::loaded, keeper.owner());
    }

    private CompletableFuture<Void> loaded(RecordPage<Chunk> page) {
        page.records().forEach(record -> add(record.value()));
        return page.next().map(this::load).orElseGet(() -> {
            index.last().ifPresent(last -> {
                lastNumber = last.number();
                times.notBefore(last.received() + 1);
            });
            return CompletableFuture.completedFuture(null);
        });
    }

    private void add(Chunk chunk) {
        index.add(chunk.head());
        retention.touched(chunk.device());
        SeenIds ids = seen.computeIfAbsent(chunk.device(), device -> new SeenIds(limits.ids()));
        chunk.clientIds().forEach(ids::add);
    }

    /**
     * Keeps the messages of one call. Completes when all of them are safe, with those that had not come before, of each
     * device in their order: the others were safe already.
     */
    public CompletableFuture<List<KeptMessage>> accept(List<DeviceMessage> messages) {
        return accept(messages, fresh -> CompletableFuture.completedFuture(true));
    }

    /**
     * Keeps the messages of one call as {@link #accept(List)} does, after {@code first} is done: what must happen to each message
     * at least once. If the hub ends in between, the device repeats the call, and it happens again.
     *
     * @param first is given those that have not come before, if there are any; completes on any thread. If it fails, nothing is
     *     kept
     */
    public CompletableFuture<List<KeptMessage>> accept(
            List<DeviceMessage> messages, Function<List<DeviceMessage>, CompletableFuture<?>> first) {
        if (messages.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<String> names = messages.stream()
                .map(message -> turn(message.device()))
                .distinct()
                .toList();
        return keeper.inTurns(names, () -> {
            Map<String, List<Encoded>> fresh = fresh(messages);
            if (fresh.isEmpty()) {
                return CompletableFuture.completedFuture(List.of());
            }
            List<DeviceMessage> all = fresh.values().stream()
                    .flatMap(List::stream)
                    .map(Encoded::message)
                    .toList();
            return first.apply(all)
                    .whenCompleteAsync((done, failure) -> {}, keeper.owner())
                    .thenCompose(done -> keep(fresh));
        });
    }

    /** By device those that have not come before. */
    private Map<String, List<Encoded>> fresh(List<DeviceMessage> messages) {
        Map<String, List<Encoded>> fresh = new LinkedHashMap<>();
        Set<List<String>> here = new HashSet<>();
        for (DeviceMessage message : messages) {
            Encoded encoded = new Encoded(message, MessageBytes.write(message));
            limits.checkMessage(message, encoded.bytes().length());
            String id = message.clientId();
            boolean again = !id.isEmpty()
                    && (!here.add(List.of(message.device(), id))
                            || Optional.ofNullable(seen.get(message.device()))
                                    .filter(ids -> ids.has(id))
                                    .isPresent());
            if (!again) {
                fresh.computeIfAbsent(message.device(), device -> new ArrayList<>())
                        .add(encoded);
            }
        }
        return fresh;
    }

    private CompletableFuture<List<KeptMessage>> keep(Map<String, List<Encoded>> fresh) {
        Intake intake = new Intake(times.begin(), () -> ++lastNumber, this::stateOf);
        return commit(intake, fresh)
                .whenComplete((done, failure) -> times.ended(intake.received()))
                .thenApply(done -> List.copyOf(intake.kept()));
    }

    private CompletableFuture<Boolean> commit(Intake intake, Map<String, List<Encoded>> fresh) {
        try {
            fresh.forEach(intake::take);
            intake.states().forEach(limits::checkKnown);
            List<Edit> edits = new ArrayList<>();
            intake.chunks().forEach(chunk -> edits.add(new Edit(table.toPut(chunk), () -> add(chunk))));
            intake.states().forEach(state -> edits.add(states.put(state)));
            return commit(edits);
        } catch (RegistryException | StoreException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private LastKnown stateOf(String device, String model) {
        return known(device, model).orElseGet(() -> new LastKnown(device, model, Map.of(), Map.of()));
    }

    /** All at once if they fit into one commit. */
    private CompletableFuture<Boolean> commit(List<Edit> edits) {
        CompletableFuture<Boolean> done = CompletableFuture.completedFuture(true);
        for (int from = 0; from < edits.size(); from += COMMIT) {
            List<Edit> some = edits.subList(from, Math.min(edits.size(), from + COMMIT));
            done = done.thenCompose(before -> keeper.commit(some, true));
        }
        return done;
    }

    /** What is known of {@code device} by its model {@code model}. */
    public Optional<LastKnown> known(String device, String model) {
        return states.get(LastKnown.key(device, model));
    }

    /** What is known of {@code device}, in the order of its models' URNs; a view. */
    public Collection<LastKnown> known(String device) {
        return states.under(LastKnown.key(device, ""));
    }

    /**
     * Up to which time all that will ever have come is seen now: who asks from there on next time misses nothing and has nothing
     * twice. In milliseconds since the epoch.
     */
    public long told() {
        return times.told();
    }

    /** Completes with the messages that {@code query} wants. */
    public CompletableFuture<HistoryPage> read(HistoryQuery query) {
        return reader.read(query);
    }

    /** How many messages {@code query} wants, whatever its page. */
    public int count(HistoryQuery query) {
        return reader.count(query);
    }

    /** Completes with the newest messages of {@code device} in {@code format}, the newest first; at most {@link LastKnown#NEWEST}. */
    public CompletableFuture<List<KeptMessage>> newest(String device, String model, String format, int limit) {
        List<Place> places = known(device, model)
                .map(known -> known.formats().getOrDefault(format, List.of()))
                .orElse(List.of());
        return reader.read(places.subList(0, Math.max(0, Math.min(limit, places.size()))));
    }

    /** Removes all that {@code device} said. */
    public CompletableFuture<Boolean> forget(String device) {
        return keeper.inTurn(turn(device), () -> {
            List<Edit> edits = new ArrayList<>();
            index.chunks(Optional.of(device)).values().forEach(head -> edits.add(removal(head)));
            known(device).forEach(known -> edits.add(states.remove(LastKnown.key(device, known.model()))));
            return commit(edits).whenComplete((done, failure) -> seen.remove(device));
        });
    }

    /** Of whom something is kept. */
    public Set<String> devices() {
        Set<String> devices = new HashSet<>(index.devices());
        states.all().forEach(known -> devices.add(known.device()));
        return devices;
    }

    /** How many messages went because there were too many in all, before their time. */
    public long crowdedOut() {
        return retention.crowdedOut();
    }

    /** Removes what has been kept long enough; the owner calls it about once a second. */
    public void tick() {
        List<ChunkHead> old = retention.old();
        if (!old.isEmpty()) {
            commit(old.stream().map(this::removal).toList()).whenComplete((done, failure) -> retention.ended());
        }
    }

    private Edit removal(ChunkHead head) {
        return new Edit(table.toRemove(Chunk.key(head.device(), head.number())), () -> index.remove(head));
    }

    private static String turn(String device) {
        return "messages " + device;
    }
}

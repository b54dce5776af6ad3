package io.hawser.iot.registry.policy;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.Edit;
import io.hawser.iot.registry.kept.Image;
import io.hawser.iot.registry.kept.Keeper;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import io.hawser.iot.wire.PolicyChange;
import io.hawser.iot.wire.PolicyChange.How;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All device policies and who follows them: the tables {@code iot-policies} and {@code iot-policy-devices}. Owner only; every future
 * completes on the owner, when the store has the change, or with a {@link RegistryException}.
 *
 * <p>A change completes with what devices must be told. Whoever asked for it tells them; if the hub ends in between, whoever asked has
 * no answer, asks again, and is given the same notices again. A device asks for its policies by itself when it starts.
 *
 * <pre>
 *   policy      text id, model, description, yes enabled, fields {pipelines: list}, number modified
 *   assignment  text device, model, policy
 * </pre>
 */
public final class Policies {
    private static final ValueBytes VALUES = new ValueBytes(BytesLimits.DEFAULT);
    private static final Schema<Policy> POLICIES =
            new Schema<>("iot-policies", Policy::id, Policies::write, Policies::read);
    private static final Schema<Assignment> ASSIGNMENTS = new Schema<>(
            "iot-policy-devices",
            each -> Assignment.key(each.device(), each.model()),
            (out, each) -> out.text(each.device()).text(each.model()).text(each.policy()),
            in -> new Assignment(in.text(), in.text(), in.text()));
    private static final String TURN = "policies";
    /** A commit makes at most 1,000 changes. */
    private static final int MOST_DEVICES = 900;

    private static final int MOST_POLICIES = 1_000;
    private static final int DESCRIPTION_CHARS = 2_048;

    private final Keeper keeper;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Function<String, Optional<String>> mailboxes;
    private final Image<Policy> policies;
    private final Image<Assignment> assignments;
    private final Map<String, TreeSet<String>> followers = new HashMap<>();

    /**
     * The policies in the store, none until they are loaded.
     *
     * @param ids makes ids that nobody can guess
     * @param mailboxes by the endpoint id of a device who polls for it; empty: there is no such device
     */
    public Policies(
            Keeper keeper, InstantSource clock, Supplier<String> ids, Function<String, Optional<String>> mailboxes) {
        this.keeper = keeper;
        this.clock = clock;
        this.ids = ids;
        this.mailboxes = mailboxes;
        this.policies = new Image<>(keeper.records(), POLICIES, (before, after) -> {});
        this.assignments = new Image<>(keeper.records(), ASSIGNMENTS, this::changed);
    }

    /** Reads what is kept; completes on the owner. */
    public CompletableFuture<Void> load() {
        return policies.load(keeper.owner()).thenCompose(done -> assignments.load(keeper.owner()));
    }

    private void changed(Optional<Assignment> before, Optional<Assignment> after) {
        before.ifPresent(each -> followers.computeIfPresent(each.policy(), (id, devices) -> {
            devices.remove(each.device());
            return devices.isEmpty() ? null : devices;
        }));
        after.ifPresent(each ->
                followers.computeIfAbsent(each.policy(), id -> new TreeSet<>()).add(each.device()));
    }

    /** The policy with the id {@code id}. */
    public Optional<Policy> get(String id) {
        return policies.get(id);
    }

    /** All policies in the order of their ids; a view. */
    public Collection<Policy> all() {
        return policies.all();
    }

    /** The policy that {@code device} follows for its model {@code model}. */
    public Optional<Policy> of(String device, String model) {
        return assignments.get(Assignment.key(device, model)).flatMap(each -> get(each.policy()));
    }

    /** The endpoint ids of the devices that follow the policy {@code id}, in their order. */
    public Set<String> devices(String id) {
        return new TreeSet<>(followers.getOrDefault(id, new TreeSet<>()));
    }

    /** Adds a policy for the model {@code model}; nobody follows it yet. */
    public CompletableFuture<Policy> add(String model, String description, Value.Sequence pipelines) {
        return keeper.inTurn(TURN, () -> {
            check(description, pipelines);
            if (policies.size() >= MOST_POLICIES) {
                throw RegistryException.limit(
                        "there are " + MOST_POLICIES + " policies, and that is the limit; remove some");
            }
            Policy policy = new Policy(ids.get(), model, description, true, pipelines, clock.millis());
            return keeper.commit(List.of(policies.put(policy)), policy);
        });
    }

    private static void check(String description, Value.Sequence pipelines) {
        if (description.length() > DESCRIPTION_CHARS) {
            throw RegistryException.limit("the description has " + description.length()
                    + " characters, and the limit is " + DESCRIPTION_CHARS + "; say it shorter");
        }
        PipelineCheck.check(pipelines);
    }

    /** Changes what the policy {@code id} says, for all who follow it. */
    public CompletableFuture<List<PolicyNotice>> change(
            String id, String description, boolean enabled, Value.Sequence pipelines) {
        return keeper.inTurn(TURN, () -> {
            check(description, pipelines);
            Policy old = need(id);
            long modified = Math.max(clock.millis(), old.modified() + 1);
            Policy policy = new Policy(id, old.model(), description, enabled, pipelines, modified);
            Notices notices = new Notices();
            devices(id).forEach(device -> notices.add(device, policy, How.CHANGED));
            return keeper.commit(List.of(policies.put(policy)), notices.all());
        });
    }

    /** From now on {@code devices} follow the policy {@code id}, and no other for its model. */
    public CompletableFuture<List<PolicyNotice>> assign(String id, Collection<String> devices) {
        return keeper.inTurn(TURN, () -> {
            Policy policy = need(id);
            checkCount(devices);
            List<Edit> edits = new ArrayList<>();
            Notices notices = new Notices();
            for (String device : new TreeSet<>(devices)) {
                if (mailboxes.apply(device).isEmpty()) {
                    throw RegistryException.unknown("device " + device);
                }
                of(device, policy.model())
                        .filter(other -> !other.id().equals(id))
                        .ifPresent(other -> notices.add(device, other, How.UNASSIGNED));
                edits.add(assignments.put(new Assignment(device, policy.model(), id)));
                notices.add(device, policy, How.ASSIGNED);
            }
            return keeper.commit(edits, notices.all());
        });
    }

    /** From now on none of {@code devices} follows the policy {@code id}. */
    public CompletableFuture<List<PolicyNotice>> unassign(String id, Collection<String> devices) {
        return keeper.inTurn(TURN, () -> {
            Policy policy = need(id);
            checkCount(devices);
            List<Edit> edits = new ArrayList<>();
            Notices notices = new Notices();
            for (String device : new TreeSet<>(devices)) {
                if (of(device, policy.model()).equals(Optional.of(policy))) {
                    edits.add(assignments.remove(Assignment.key(device, policy.model())));
                }
                notices.add(device, policy, How.UNASSIGNED);
            }
            return keeper.commit(edits, notices.all());
        });
    }

    private static void checkCount(Collection<String> devices) {
        if (devices.size() > MOST_DEVICES) {
            throw RegistryException.limit(devices.size() + " devices are too many at once; the limit is " + MOST_DEVICES
                    + ", so ask several times");
        }
    }

    /** Removes the policy {@code id}, which nobody may follow any more; completes with what it was. */
    public CompletableFuture<Policy> remove(String id) {
        return keeper.inTurn(TURN, () -> {
            Policy policy = need(id);
            int count = devices(id).size();
            if (count > 0) {
                throw RegistryException.conflict(
                        count + " devices follow policy " + id + "; take it from them before you remove it");
            }
            return keeper.commit(List.of(policies.remove(id)), policy);
        });
    }

    /** Removes what is said of {@code device}, which is gone. */
    public CompletableFuture<Boolean> forget(String device) {
        return keeper.inTurn(
                TURN,
                () -> keeper.commit(
                        assignments.under(Assignment.key(device, "")).stream()
                                .limit(MOST_DEVICES)
                                .map(each -> assignments.remove(Assignment.key(device, each.model())))
                                .toList(),
                        true));
    }

    /** The devices that follow some policy. */
    public Set<String> devices() {
        Set<String> devices = new TreeSet<>();
        followers.values().forEach(devices::addAll);
        return devices;
    }

    private Policy need(String id) {
        return get(id).orElseThrow(() -> RegistryException.unknown("policy " + id));
    }

    /** What whom must be told. */
    private final class Notices {
        private final Map<String, Set<PolicyChange>> byMailbox = new LinkedHashMap<>();

        void add(String device, Policy policy, How how) {
            PolicyChange change = new PolicyChange(policy.model(), policy.id(), policy.modified(), how);
            mailboxes.apply(device).ifPresent(mailbox -> byMailbox
                    .computeIfAbsent(mailbox, id -> new LinkedHashSet<>())
                    .add(change));
        }

        List<PolicyNotice> all() {
            return byMailbox.entrySet().stream()
                    .map(entry -> new PolicyNotice(entry.getKey(), List.copyOf(entry.getValue())))
                    .toList();
        }
    }

    private static void write(ByteWriter out, Policy policy) {
        out.text(policy.id()).text(policy.model()).text(policy.description()).octet(policy.enabled() ? 1 : 0);
        try {
            VALUES.write(out, Fields.of("pipelines", policy.pipelines()));
        } catch (BytesException tooDeep) {
            throw RegistryException.invalid("the pipelines go " + tooDeep.getMessage());
        }
        out.number(policy.modified());
    }

    private static Policy read(ByteReader in) throws BytesException {
        String id = in.text();
        String model = in.text();
        String description = in.text();
        boolean enabled = in.yes();
        Value pipelines = VALUES.fields(in).find("pipelines");
        if (!(pipelines instanceof Value.Sequence list)) {
            throw new BytesException("a policy without pipelines");
        }
        return new Policy(id, model, description, enabled, list, in.number());
    }
}

package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.dispatch.MessageFilter;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.link.Threads;
import io.hawser.iot.link.Waits;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.PolicyChange;
import io.hawser.iot.wire.ProtocolException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policies the virtual devices of one device follow ({@code specs/iot.md} 4.1): asked for when a virtual device is made, and
 * again when the server says that something has changed. Without an answer it is the policy before, also that of an earlier run, and
 * the server is asked again. Callable from any thread.
 */
final class Policies implements MessageFilter {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
    private static final Set<LinkException.Kind> PASSING =
            EnumSet.of(LinkException.Kind.UNREACHABLE, LinkException.Kind.BUSY, LinkException.Kind.DENIED);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final HttpsLink link;
    private final Waits waits;
    private final KnownPolicies known;
    private final List<VirtualDevice> devices = new CopyOnWriteArrayList<>();
    /** Whose policies the server has not told, and whether they follow none yet. */
    private final Map<VirtualDevice, Boolean> unanswered = new LinkedHashMap<>();

    private NetworkCost cost;
    private Duration pause = SHORTEST;
    private boolean waiting;
    private boolean closed;

    /** @param cost to begin with */
    Policies(HttpsLink link, Waits waits, KnownPolicies known, NetworkCost cost) {
        this.link = link;
        this.waits = waits;
        this.known = known;
        this.cost = cost;
    }

    /** Has {@code device} follow its policy. Waits for the server. */
    void join(VirtualDevice device) {
        devices.removeIf(VirtualDevice::isClosed);
        enter(device);
        refresh(device, true);
    }

    private synchronized void enter(VirtualDevice device) {
        devices.add(device);
        device.networkCost(cost);
    }

    /** From now on it costs so much to send something. */
    synchronized void networkCost(NetworkCost now) {
        cost = now;
        devices.forEach(each -> each.networkCost(now));
    }

    /** The server says that policies have changed. Waits for the server. */
    Answer changed(IotMessage.Request request) {
        try {
            for (PolicyChange change : PolicyChange.read(request.body().bytes(), JSON)) {
                devices.stream()
                        .filter(each -> each.getDeviceModel().urn().equals(change.model()))
                        .forEach(each -> refresh(each, false));
            }
            return Answer.of(200);
        } catch (ProtocolException senseless) {
            return Answer.text(400, senseless.reason());
        }
    }

    private void refresh(VirtualDevice device, boolean first) {
        try {
            Optional<DevicePolicy> policy = ask(device);
            answered();
            if (first || !same(policy, device.policy())) {
                follow(device, policy);
            }
            if (!same(policy, known.find(device))) {
                known.keep(device, policy);
            }
        } catch (LinkException silent) {
            LOG.warn("iot[{}] its policy is as it was: {}", device, silent.getMessage());
            boolean none = first && !recall(device);
            if (PASSING.contains(silent.kind())) {
                askAgain(device, none);
            }
        } catch (ProtocolException | PolicyException senseless) {
            LOG.warn("iot[{}] its policy is as it was: {}", device, senseless.getMessage());
        }
    }

    private static boolean same(Optional<DevicePolicy> one, Optional<DevicePolicy> other) {
        return one.map(DevicePolicy::fields).equals(other.map(DevicePolicy::fields));
    }

    private static void follow(VirtualDevice device, Optional<DevicePolicy> policy) throws PolicyException {
        device.follow(policy);
        LOG.info("iot[{}] follows {}", device, policy.map(DevicePolicy::id).orElse("no policy"));
    }

    /** Has {@code device} follow what it followed last; false if that is not known. */
    private boolean recall(VirtualDevice device) {
        Optional<DevicePolicy> policy = known.find(device);
        try {
            if (policy.isPresent()) {
                follow(device, policy);
            }
        } catch (PolicyException unfit) {
            LOG.warn("iot[{}] the policy that was kept does not go with its model: {}", device, unfit.getMessage());
            return false;
        }
        return policy.isPresent();
    }

    // ---- when the server was silent ----

    private synchronized void askAgain(VirtualDevice device, boolean first) {
        unanswered.merge(device, first, Boolean::logicalOr);
        if (!waiting && !closed) {
            waiting = true;
            waits.loop().schedule(pause, () -> Threads.workers().execute(this::askAgain));
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
        }
    }

    /** One question at a time; who is not answered is asked for later still. */
    private void askAgain() {
        due().forEach((device, first) -> {
            if (!device.isClosed()) {
                refresh(device, first);
            }
        });
    }

    private synchronized Map<VirtualDevice, Boolean> due() {
        Map<VirtualDevice, Boolean> due = new LinkedHashMap<>(unanswered);
        unanswered.clear();
        waiting = false;
        return closed ? Map.of() : due;
    }

    private synchronized void answered() {
        pause = SHORTEST;
    }

    /** Nobody is asked any more. */
    synchronized void close() {
        closed = true;
    }

    // ---- the question ----

    private Optional<DevicePolicy> ask(VirtualDevice device) throws LinkException, ProtocolException, PolicyException {
        String query = Json.text(new Value.Nested(Fields.of("devices.id", Value.of(device.getEndpointId()))));
        Optional<byte[]> answer = waits.on(link.privately("deviceModels/"
                + URLEncoder.encode(device.getDeviceModel().urn(), UTF_8) + "/devicePolicies?q="
                + URLEncoder.encode(query, UTF_8) + "&fields="
                + URLEncoder.encode("id,pipelines,enabled,lastModified", UTF_8)));
        if (answer.isEmpty()
                || !(JSON.object(answer.get()).find("items") instanceof Value.Sequence items)
                || items.values().isEmpty()) {
            return Optional.empty();
        }
        if (items.values().get(0) instanceof Value.Nested policy) {
            return Optional.of(DevicePolicy.read(policy.fields(), PolicyLimits.DEFAULT));
        }
        throw ProtocolException.of("the server's policy is no JSON object");
    }

    // ---- messages that are offered to the dispatcher ----

    @Override
    public CompletableFuture<List<IotMessage>> offered(List<IotMessage> messages) {
        List<IotMessage> passed = new ArrayList<>();
        for (IotMessage message : messages) {
            passed.addAll(whose(message)
                    .map(device -> device.filter(List.of(message)))
                    .orElseGet(() -> List.of(message)));
        }
        return CompletableFuture.completedFuture(passed);
    }

    @Override
    public CompletableFuture<List<IotMessage>> flush() {
        return CompletableFuture.completedFuture(
                devices.stream().flatMap(each -> each.release().stream()).toList());
    }

    private Optional<VirtualDevice> whose(IotMessage message) {
        String format = message instanceof IotMessage.Data data
                ? data.format()
                : message instanceof IotMessage.Alert alert ? alert.format() : "";
        return devices.stream()
                .filter(each -> !each.isClosed()
                        && each.getEndpointId().equals(message.head().source()))
                .filter(each -> format.equals(each.getDeviceModel().urn() + IotMessage.ATTRIBUTES)
                        || each.getDeviceModel().format(format).isPresent())
                .findFirst();
    }
}

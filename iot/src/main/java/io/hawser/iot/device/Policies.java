package io.hawser.iot.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.device.virtual.VirtualDevice;
import io.hawser.iot.dispatch.MessageFilter;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.link.HttpsLink;
import io.hawser.iot.link.LinkException;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.policy.rule.PolicyLimits;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.PolicyChange;
import io.hawser.iot.wire.ProtocolException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which policies the virtual devices of one device follow ({@code specs/iot.md} 4.1): asked for when a virtual device is made, and
 * again when the server says that something has changed. Without an answer there is no policy, or the one before. Callable from any
 * thread.
 */
final class Policies implements MessageFilter {
    private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
    private static final Json JSON = new Json(IotLimits.DEFAULT);

    private final HttpsLink link;
    private final Waits waits;
    private final List<VirtualDevice> devices = new CopyOnWriteArrayList<>();

    Policies(HttpsLink link, Waits waits) {
        this.link = link;
        this.waits = waits;
    }

    /** Has {@code device} follow its policy. Waits for the server. */
    void join(VirtualDevice device) {
        devices.removeIf(VirtualDevice::isClosed);
        devices.add(device);
        refresh(device, true);
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
            boolean same =
                    policy.map(DevicePolicy::fields).equals(device.policy().map(DevicePolicy::fields));
            if (first || !same) {
                device.follow(policy);
                LOG.info(
                        "iot[{}] follows {}",
                        device,
                        policy.map(DevicePolicy::id).orElse("no policy"));
            }
        } catch (LinkException | ProtocolException | PolicyException unknown) {
            LOG.warn("iot[{}] its policy is as it was: {}", device, unknown.getMessage());
        }
    }

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

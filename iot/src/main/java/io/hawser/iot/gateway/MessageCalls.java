package io.hawser.iot.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.event.EventCode;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what devices say, and tells them what is wanted of them ({@code specs/iot.md} 1.7). What is answered with 200 is safe: in the
 * history and, where somebody wants it kept, in durables. Owner: the gateway's loop.
 *
 * <p>Devices repeat whole calls when an answer was lost: what the history knows is not told again. A call with one message that its
 * model does not know is refused as a whole.
 */
final class MessageCalls {
    private static final Logger LOG = LoggerFactory.getLogger(MessageCalls.class);

    private final IotSettings settings;
    private final Registry registry;
    private final Bus bus;
    private final Intake intake;
    private final MessageRate rate;
    private final Mailboxes mailboxes;
    private final Presence presence;
    private final IotCodec codec;

    MessageCalls(
            IotSettings settings,
            Registry registry,
            Bus bus,
            Models models,
            MessageRate rate,
            Mailboxes mailboxes,
            Presence presence) {
        this.settings = settings;
        this.registry = registry;
        this.bus = bus;
        this.intake = new Intake(models);
        this.rate = rate;
        this.mailboxes = mailboxes;
        this.presence = presence;
        IotLimits most = IotLimits.DEFAULT;
        this.codec = new IotCodec(new IotLimits(
                settings.maxBodyBytes(),
                settings.maxBatch(),
                most.maxDepth(),
                most.maxNameChars(),
                most.maxTextChars(),
                most.maxNumberDigits(),
                most.maxAssertionChars()));
    }

    /** {@code POST /messages}. */
    void post(IotCall call, Holder.Endpoint endpoint) {
        Poll poll = Poll.of(call.request(), settings.pollHold());
        Device device = registry.devices()
                .get(endpoint.id())
                .orElseThrow(() -> new Rejection(401, "this device is not known any more"));
        presence.heard(device);
        call.body(codec::read, messages -> {
            if (messages.isEmpty()) {
                mailboxes.poll(device, poll, call);
            } else if (!rate.takes(device.id(), messages.size())) {
                bus.counters().add(Counter.DEVICES_SLOWED);
                throw new Rejection(Rejection.answer(
                                503, "more than " + settings.messageRate() + " messages a second; say it again later")
                        .with("Retry-After", "1"));
            } else {
                call.after(take(device, messages), safe -> mailboxes.poll(device, poll, call));
            }
        });
    }

    /** Completes when all of {@code messages} are safe. */
    private CompletableFuture<?> take(Device poster, List<IotMessage> messages) throws ProtocolException {
        List<DeviceMessage> kept = new ArrayList<>();
        List<IotMessage.Response> responses = new ArrayList<>();
        List<String> answering = new ArrayList<>();
        List<CompletableFuture<?>> reports = new ArrayList<>();
        for (IotMessage message : messages) {
            Optional<Device> speaker = speaker(poster, message.head().source());
            if (speaker.isEmpty()) {
                LOG.warn(
                        "iot[{}] may not speak for {}",
                        poster.hardwareId(),
                        message.head().source(),
                        EventCode.MESSAGE_REFUSED);
                continue;
            }
            presence.heard(speaker.get());
            if (message instanceof IotMessage.Response response) {
                responses.add(response);
                answering.add(speaker.get().id());
            } else if (message instanceof IotMessage.ResourcesReport report) {
                reports.add(report(poster, speaker.get(), report));
            } else {
                intake.kept(speaker.get(), message, bus.clock().millis()).ifPresent(kept::add);
            }
        }
        List<CompletableFuture<?>> safe = new ArrayList<>(reports);
        safe.add(registry.history().accept(kept, this::publish));
        for (int i = 0; i < responses.size(); i++) {
            safe.add(answer(answering.get(i), responses.get(i)));
        }
        return CompletableFuture.allOf(safe.toArray(CompletableFuture[]::new));
    }

    /** A gateway may report for the devices behind it. */
    private CompletableFuture<?> report(Device poster, Device speaker, IotMessage.ResourcesReport report) {
        Device whose = report.endpointName().isEmpty()
                ? speaker
                : speaker(poster, report.endpointName()).orElse(speaker);
        return registry.resources().report(whose.id(), report.change(), report.resources());
    }

    /** Who says it: the poster itself, or a device behind it. */
    private Optional<Device> speaker(Device poster, String source) {
        if (source.isEmpty() || source.equals(poster.id())) {
            return Optional.of(poster);
        }
        return registry.devices()
                .get(source)
                .filter(behind -> behind.active() && behind.gateway().equals(Optional.of(poster.id())));
    }

    /** Completes when durables have what is new; called once, before the history has it. */
    private CompletableFuture<?> publish(List<DeviceMessage> fresh) {
        List<CompletableFuture<?>> safe = new ArrayList<>();
        for (DeviceMessage message : fresh) {
            String name = registry.devices()
                    .get(message.device())
                    .map(Device::hardwareId)
                    .orElse(message.device());
            Message said = IotMapping.said(name, message, bus.clock().millis());
            Receipt receipt = bus.router().publish(new Principal(IotMapping.origin(name)), said);
            if (receipt instanceof Receipt.Storing storing) {
                safe.add(storing.stored());
            } else if (receipt instanceof Receipt.Refused refused) {
                LOG.warn("iot[{}] is kept, but not heard: {}", name, refused.reason(), EventCode.MESSAGE_REFUSED);
            }
        }
        return CompletableFuture.allOf(safe.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> answer(String device, IotMessage.Response response) {
        return registry.commands()
                .answer(device, response.requestId(), response.statusCode(), response.body())
                .exceptionally(failure -> {
                    if (RegistryException.cause(failure) instanceof RegistryException wrong) {
                        LOG.warn(
                                "iot[{}] answers what it was not asked: {}",
                                device,
                                wrong.getMessage(),
                                EventCode.MESSAGE_REFUSED);
                        return null;
                    }
                    throw new CompletionException(failure);
                });
    }
}

package io.hawser.iot.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.wire.IotCodec;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what devices say, and tells them what is wanted of them ({@code specs/iot.md} 1.7). What is answered with 200 is safe.
 * Owner: the gateway's loop.
 */
final class MessageCalls {
    private static final Logger LOG = LoggerFactory.getLogger(MessageCalls.class);

    private final IotSettings settings;
    private final Registry registry;
    private final Bus bus;
    private final Mailboxes mailboxes;
    private final Presence presence;
    private final IotCodec codec;

    MessageCalls(IotSettings settings, Registry registry, Bus bus, Mailboxes mailboxes, Presence presence) {
        this.settings = settings;
        this.registry = registry;
        this.bus = bus;
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
            } else {
                call.after(take(device, messages), safe -> mailboxes.poll(device, poll, call));
            }
        });
    }

    /** Completes when all of {@code messages} are safe. */
    private CompletableFuture<Void> take(Device poster, List<IotMessage> messages) {
        List<CompletableFuture<?>> safe = new ArrayList<>();
        for (IotMessage message : messages) {
            Optional<Device> speaker = speaker(poster, message.head().source());
            if (speaker.isEmpty()) {
                LOG.warn(
                        "iot[{}] may not speak for {}",
                        poster.hardwareId(),
                        message.head().source());
            } else {
                presence.heard(speaker.get());
                message.to(new Intake(speaker.get(), safe));
            }
        }
        return CompletableFuture.allOf(safe.toArray(CompletableFuture[]::new));
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

    /** What becomes of each message of {@code device}. */
    private final class Intake implements IotMessage.Handler {
        private final Device device;
        private final List<CompletableFuture<?>> safe;

        Intake(Device device, List<CompletableFuture<?>> safe) {
            this.device = device;
            this.safe = safe;
        }

        @Override
        public void data(IotMessage.Data message) {
            publish(IotMapping.data(device.hardwareId(), message, bus.clock().millis()));
        }

        @Override
        public void alert(IotMessage.Alert message) {
            publish(IotMapping.alert(device.hardwareId(), message, bus.clock().millis()));
        }

        @Override
        public void request(IotMessage.Request message) {
            LOG.debug("iot[{}] asks for {}; nobody answers devices", device.hardwareId(), message.url());
        }

        @Override
        public void response(IotMessage.Response message) {
            safe.add(registry.commands()
                    .answer(device.id(), message.requestId(), message.statusCode(), message.body())
                    .exceptionally(failure -> {
                        if (RegistryException.cause(failure) instanceof RegistryException wrong) {
                            LOG.warn(
                                    "iot[{}] answers what it was not asked: {}",
                                    device.hardwareId(),
                                    wrong.getMessage());
                            return null;
                        }
                        throw new CompletionException(failure);
                    }));
        }

        @Override
        public void report(IotMessage.ResourcesReport message) {
            LOG.debug(
                    "iot[{}] has {} resources",
                    device.hardwareId(),
                    message.resources().size());
        }

        private void publish(Message message) {
            Receipt receipt = bus.router().publish(new Principal(IotMapping.origin(device.hardwareId())), message);
            if (receipt instanceof Receipt.Storing storing) {
                safe.add(storing.stored());
            } else if (receipt instanceof Receipt.Refused refused) {
                LOG.warn("iot[{}] refused: {}", device.hardwareId(), refused.reason());
            }
        }
    }
}

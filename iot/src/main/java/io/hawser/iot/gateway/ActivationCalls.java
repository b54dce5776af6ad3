package io.hawser.iot.gateway;

import io.hawser.core.event.EventCode;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.gateway.call.TokenBook;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Joining;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.ActivationAnswer;
import io.hawser.iot.wire.ActivationPolicy;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.DirectActivation;
import io.hawser.iot.wire.IndirectActivation;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes endpoints of devices: of those that connect themselves, and of those behind a gateway ({@code specs/iot.md} 1.3 to 1.5).
 * Owner: the gateway's loop.
 */
final class ActivationCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationCalls.class);

    private final Registry registry;
    private final TokenBook tokens;
    private final InstantSource clock;
    private final Json json = new Json(IotLimits.DEFAULT);

    ActivationCalls(Registry registry, TokenBook tokens, InstantSource clock) {
        this.registry = registry;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** {@code GET /activation/policy}. */
    void policy(IotCall call, Holder.Newcomer newcomer) {
        call.answer(IotGateway.json(200, ActivationPolicy.DEFAULT.fields()));
    }

    /** {@code POST /activation/direct}. */
    void direct(IotCall call, Holder.Newcomer newcomer) {
        call.body(body -> DirectActivation.of(json.object(body)), wish -> {
            Device device = device(newcomer.id());
            if (!wish.subject().equals(device.hardwareId()) && !wish.subject().equals(device.id())) {
                throw ProtocolException.of("the activation: subject is not the device whose token this is");
            }
            PublicKey key = wish.verify(secret(device).bytes());
            call.after(
                    models(call, wish.models()),
                    known -> call.after(registry.devices().activate(device.id(), key, wish.models()), activated -> {
                        tokens.revoke(newcomer);
                        LOG.info(
                                "iot[{}] {} is activated as {}",
                                call.from(),
                                device.hardwareId(),
                                device.id(),
                                EventCode.DEVICE_ACTIVATED);
                        answer(call, activated);
                    }));
        });
    }

    /** {@code POST /activation/indirect/device}. */
    void indirect(IotCall call, Holder.Endpoint gateway) {
        call.body(body -> IndirectActivation.of(json.object(body)), wish -> {
            Device owner = device(gateway.id());
            Joining joining = new Joining(wish.hardwareId(), wish.models(), wish.metadata(), restricted(wish, owner));
            call.after(
                    models(call, wish.models()),
                    known -> call.after(registry.devices().join(owner.id(), joining), joined -> {
                        LOG.info(
                                "iot[{}] {} is behind {} as {}",
                                call.from(),
                                wish.hardwareId(),
                                owner.id(),
                                joined.id(),
                                EventCode.DEVICE_ACTIVATED);
                        answer(call, joined);
                    }));
        });
    }

    /**
     * True if the device shall stay behind {@code gateway}. One that was registered with a secret joins through whoever knows the
     * secret, and nobody else.
     */
    private boolean restricted(IndirectActivation wish, Device gateway) throws ProtocolException {
        Optional<Device> known = registry.devices().byHardware(wish.hardwareId());
        Optional<Secret> secret = known.flatMap(device -> device.keys().secret());
        boolean proven =
                secret.isPresent() && wish.proves(gateway.id(), secret.get().bytes());
        if (known.isPresent() && known.get().state() == DeviceState.REGISTERED && !proven) {
            throw new Rejection(
                    403,
                    "device " + wish.hardwareId()
                            + " was registered with a secret of its own; provision the gateway with it");
        }
        boolean bound = gateway.keys()
                .publicKey()
                .map(key -> wish.binds(gateway.id(), key))
                .orElse(false);
        if (wish.signature().isPresent() && !proven && !bound) {
            throw ProtocolException.of("the activation: signature is neither by the secret of " + wish.hardwareId()
                    + " nor by the key of the gateway");
        }
        return bound;
    }

    /** Completes when each of {@code urns} has a model; what is unknown gets a draft if the device lets us, else it is refused. */
    private CompletableFuture<Void> models(IotCall call, List<String> urns) {
        boolean drafts = call.request()
                .query("createDraft")
                .map(said -> !said.equals("false"))
                .orElse(true);
        List<String> unknown = urns.stream()
                .filter(urn -> !urn.startsWith(DevicePath.CAPABILITY))
                .filter(urn -> registry.models().get(urn).isEmpty())
                .toList();
        if (!unknown.isEmpty() && !drafts) {
            throw new Rejection(
                    404,
                    "there is no device model " + String.join(", ", unknown) + "; hawser model add FILE imports one");
        }
        return CompletableFuture.allOf(unknown.stream()
                .map(urn -> registry.models().draft(urn, draft(urn)))
                .toArray(CompletableFuture[]::new));
    }

    private Device device(String id) {
        return registry.devices().get(id).orElseThrow(() -> new Rejection(401, "this device is not known any more"));
    }

    private static Secret secret(Device device) {
        return device.keys().secret().orElseThrow(() -> new Rejection(401, "this device has no secret any more"));
    }

    private static void answer(IotCall call, Device device) {
        call.answer(IotGateway.json(
                200, ActivationAnswer.activated(device.id(), device.activated()).fields()));
    }

    private Value.Opaque draft(String urn) {
        return new Value.Opaque(
                Json.write(DeviceModel.draft(urn, clock.millis()).fields()));
    }
}

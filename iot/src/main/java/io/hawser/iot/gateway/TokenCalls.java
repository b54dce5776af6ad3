package io.hawser.iot.gateway;

import io.hawser.core.access.FailedLogins;
import io.hawser.core.event.EventCode;
import io.hawser.core.value.Fields;
import io.hawser.iot.gateway.call.Holder;
import io.hawser.iot.gateway.call.IotCall;
import io.hawser.iot.gateway.call.Refusals;
import io.hawser.iot.gateway.call.Rejection;
import io.hawser.iot.gateway.call.TokenBook;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.DeviceState;
import io.hawser.iot.registry.Integration;
import io.hawser.iot.registry.Registry;
import io.hawser.iot.registry.Secret;
import io.hawser.iot.wire.Assertion;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.TokenAnswer;
import io.hawser.iot.wire.TokenRequest;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives tokens to those who prove who they are ({@code specs/iot.md} 1.2). Whoever cannot reads 400 with the hub's time, so that a
 * client whose clock is wrong sets it and asks again. Owner: the gateway's loop.
 */
final class TokenCalls {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCalls.class);
    private static final int LONGEST_ID = 128;

    private final Registry registry;
    private final TokenBook tokens;
    private final InstantSource clock;
    private final Refusals refusals;
    /** By address and id: of many devices behind one address one with a wrong secret does not shut out the others. */
    private final FailedLogins failed = new FailedLogins();

    TokenCalls(Registry registry, TokenBook tokens, InstantSource clock, Refusals refusals) {
        this.registry = registry;
        this.tokens = tokens;
        this.clock = clock;
        this.refusals = refusals;
    }

    private record Wish(boolean activating, Assertion assertion) {}

    /** {@code POST /oauth2/token}. */
    void token(IotCall call) {
        call.body(this::wish, wish -> {
            String who = call.from() + " as " + shortened(wish.assertion().issuer());
            if (failed.isBanned(who, clock.millis())) {
                refusals.limit("iot.failed-logins");
                throw new Rejection(Rejection.answer(429, "too many tries that failed; try again in some minutes")
                        .with("Retry-After", "60"));
            }
            try {
                if (wish.activating()) {
                    give(call, newcomer(wish.assertion()));
                } else {
                    member(call, wish.assertion());
                }
            } catch (ProtocolException unproven) {
                failed.add(who, clock.millis());
                LOG.warn("iot[{}] gets no token: {}", who, unproven.reason(), EventCode.LOGIN_REFUSED);
                throw refused(unproven);
            }
        });
    }

    private static String shortened(String id) {
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID);
    }

    private void give(IotCall call, Holder holder) {
        TokenAnswer answer =
                new TokenAnswer(tokens.issue(holder), (int) tokens.life().toMillis());
        call.answer(IotGateway.json(200, answer.fields()));
    }

    private Wish wish(byte[] body) {
        try {
            TokenRequest request = TokenRequest.read(body, IotLimits.DEFAULT);
            return new Wish(request.activating(), Assertion.parse(request.assertion(), IotLimits.DEFAULT));
        } catch (ProtocolException malformed) {
            throw refused(malformed);
        }
    }

    private Holder newcomer(Assertion assertion) throws ProtocolException {
        Device device = registry.devices().named(assertion.issuer()).orElseThrow(TokenCalls::unknown);
        Secret secret = device.keys().secret().orElseThrow(TokenCalls::unknown);
        assertion.verify(secret.bytes(), now());
        open(device);
        return new Holder.Newcomer(device.id(), device.keys().epoch());
    }

    /** The first token that its key gets a device confirms that the key is its own, so that is kept before the token is given. */
    private void member(IotCall call, Assertion assertion) throws ProtocolException {
        Optional<Integration> operator = registry.integrations().get(assertion.issuer());
        if (operator.isPresent()) {
            assertion.verify(operator.get().secret().bytes(), now());
            give(call, new Holder.Program(operator.get().id(), operator.get().epoch()));
            return;
        }
        Device device = registry.devices().get(assertion.issuer()).orElseThrow(TokenCalls::unknown);
        PublicKey key = device.keys().publicKey().orElseThrow(TokenCalls::unknown);
        assertion.verify(key, now());
        open(device);
        call.after(
                registry.heard().heard(device),
                kept -> give(
                        call, new Holder.Endpoint(device.id(), device.keys().epoch())));
    }

    private static void open(Device device) throws ProtocolException {
        if (device.state() == DeviceState.DISABLED || device.state() == DeviceState.DECOMMISSIONED) {
            throw ProtocolException.of("device " + device.id() + " is " + device.state());
        }
    }

    private Instant now() {
        return clock.instant();
    }

    private static ProtocolException unknown() {
        return ProtocolException.of("the assertion is of nobody who is known here");
    }

    private Rejection refused(ProtocolException why) {
        Fields body = Rejection.body(400, why.reason());
        return new Rejection(IotGateway.json(
                400, body.toBuilder().put("currentTime", clock.millis()).build()));
    }
}

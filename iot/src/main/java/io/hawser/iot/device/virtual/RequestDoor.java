package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.model.Action;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.AttributeChange;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.model.JavaValues;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.policy.ActionCall;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.IotLimits;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Json;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the server reaches one virtual device ({@code specs/iot.md} 1.7.3, 3.7): it sets one attribute (PUT) or several at once
 * (PATCH, or POST that says so in a header), and calls actions (POST). Callbacks are set on any thread; requests are answered on
 * threads for handlers.
 *
 * <p>202: done, or so already. 404: nobody here has a callback for it; within the settle time it is asked again when there is one.
 * 400: it does not fit the model, or the callback of one attribute or action refused it. 500: a callback refused several at once.
 */
final class RequestDoor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDoor.class);
    private static final Json JSON = new Json(IotLimits.DEFAULT);
    private static final String OVERRIDE = "x-http-method-override";
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;

    private final VirtualDevice device;
    private final AttributeValues attributes;
    private final ModelCheck check;
    private final RequestDispatcher requests;
    private volatile Optional<ChangeCallback> onChange = Optional.empty();
    private final Map<String, ChangeCallback> onOne = new ConcurrentHashMap<>();
    private final Map<String, Callable> callables = new ConcurrentHashMap<>();

    RequestDoor(VirtualDevice device, AttributeValues attributes, RequestDispatcher requests) {
        this.device = device;
        this.attributes = attributes;
        this.check = new ModelCheck(device.getDeviceModel());
        this.requests = requests;
    }

    // ---- who answers ----

    void open() {
        requests.register(device.getEndpointId(), attributesPath(), this::attributes);
        requests.register(device.getEndpointId(), actionsPath(), this::action);
    }

    void close() {
        requests.unregister(device.getEndpointId(), attributesPath());
        requests.unregister(device.getEndpointId(), actionsPath());
    }

    void onChange(ChangeCallback callback) {
        onChange = Optional.of(callback);
        again();
    }

    void onChange(String attribute, ChangeCallback callback) {
        onOne.put(attribute, callback);
        again();
    }

    void callable(String action, Callable callable) {
        callables.put(action, callable);
        again();
    }

    /** Registered anew, so that what waits for a callback is asked again. */
    private void again() {
        device.requireOpen();
        open();
    }

    private String attributesPath() {
        return new DevicePath.Attributes(device.getDeviceModel().urn()).url();
    }

    private String actionsPath() {
        return new DevicePath.Resource(
                        List.of(DevicePath.MODELS, device.getDeviceModel().urn(), DevicePath.ACTIONS))
                .url();
    }

    // ---- attributes ----

    private Answer attributes(IotMessage.Request request) {
        try {
            DevicePath path = DevicePath.parse(request.url());
            if (path instanceof DevicePath.Attribute one) {
                return request.method().equals("PUT") ? put(one.name(), request) : notAllowed("PUT");
            }
            return path instanceof DevicePath.Attributes
                    ? isPatch(request) ? patch(request) : notAllowed("PATCH")
                    : Answer.text(NOT_FOUND, "there is nothing at " + request.url());
        } catch (ProtocolException | ModelException | IllegalArgumentException wrong) {
            return Answer.text(BAD_REQUEST, String.valueOf(wrong.getMessage()));
        }
    }

    private static boolean isPatch(IotMessage.Request request) {
        boolean overridden = request.headers().getOrDefault(OVERRIDE, List.of()).contains("PATCH");
        return request.method().equals("PATCH") || (request.method().equals("POST") && overridden);
    }

    private Answer put(String name, IotMessage.Request request) throws ProtocolException, ModelException {
        Value value = body(request).find("value");
        if (value == null) {
            throw ProtocolException.of("the body has no value");
        }
        return change(attributes.fit(Fields.of(name, value)), BAD_REQUEST);
    }

    private Answer patch(IotMessage.Request request) throws ProtocolException, ModelException {
        Fields values = attributes.fit(body(request));
        if (values.isEmpty()) {
            throw ProtocolException.of("the body names no attribute");
        }
        return change(values, FAILED);
    }

    private Answer change(Fields values, int refused) {
        List<AttributeChange> changes = changes(values);
        if (changes.isEmpty()) {
            return Answer.of(ACCEPTED);
        }
        for (AttributeChange each : changes) {
            if (onChange.isEmpty() && !onOne.containsKey(each.name())) {
                return Answer.text(NOT_FOUND, "nobody listens to changes of " + each.name());
            }
        }
        try {
            tell(changes);
        } catch (Exception refusal) {
            LOG.debug("iot[{}] refuses {}", device, changes, refusal);
            return Answer.text(
                    refused, Optional.ofNullable(refusal.getMessage()).orElseGet(refusal::toString));
        }
        device.say(values);
        return Answer.of(ACCEPTED);
    }

    /** What {@code values} change, in words of Java. */
    private List<AttributeChange> changes(Fields values) {
        List<AttributeChange> changes = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Attribute attribute = attributes.known(values.name(i));
            Optional<Value> before = attributes.get(attribute);
            if (!before.equals(Optional.of(values.value(i)))) {
                changes.add(new AttributeChange(
                        attribute.name(),
                        JavaValues.to(attribute.type(), values.value(i)),
                        before.map(value -> JavaValues.to(attribute.type(), value))));
            }
        }
        return changes;
    }

    private void tell(List<AttributeChange> changes) throws Exception {
        for (AttributeChange each : changes) {
            ChangeCallback one = onOne.get(each.name());
            if (one != null) {
                one.onChange(new ChangeEvent(device, List.of(each)));
            }
        }
        Optional<ChangeCallback> all = onChange;
        if (all.isPresent()) {
            all.get().onChange(new ChangeEvent(device, changes));
        }
    }

    // ---- actions ----

    private Answer action(IotMessage.Request request) {
        try {
            if (!(DevicePath.parse(request.url()) instanceof DevicePath.Action path)) {
                return Answer.text(NOT_FOUND, "there is nothing at " + request.url());
            }
            if (!request.method().equals("POST")) {
                return notAllowed("POST");
            }
            Optional<Action> action = device.getDeviceModel().action(path.name());
            Callable callable = action.map(each -> callables.get(each.name())).orElse(null);
            if (action.isEmpty() || callable == null) {
                return Answer.text(NOT_FOUND, "nobody does " + ProtocolException.shown(path.name()));
            }
            Optional<Value> value =
                    check.argument(action.get().name(), body(request).get("value"));
            callable.call(
                    value.map(given -> JavaValues.to(action.get().argType().orElseThrow(), given)));
            return Answer.of(ACCEPTED);
        } catch (Exception refused) {
            LOG.debug("iot[{}] does not do {}", device, request.url(), refused);
            return Answer.text(
                    BAD_REQUEST, Optional.ofNullable(refused.getMessage()).orElseGet(refused::toString));
        }
    }

    /** Does what a policy says. On a thread for what takes longer. */
    void act(ActionCall call) {
        Callable callable = callables.get(call.action());
        Optional<Action> action = device.getDeviceModel().action(call.action());
        if (callable == null || action.isEmpty()) {
            LOG.warn("iot[{}] nobody does {}, which a policy calls", device, call.action());
            return;
        }
        try {
            Optional<Value> value = check.argument(
                    action.get().name(), call.arguments().stream().findFirst());
            callable.call(
                    value.map(given -> JavaValues.to(action.get().argType().orElseThrow(), given)));
        } catch (Exception refused) {
            LOG.warn("iot[{}] does not do {}, which a policy calls", device, call.action(), refused);
        }
    }

    private static Fields body(IotMessage.Request request) throws ProtocolException {
        byte[] bytes = request.body().bytes();
        return bytes.length == 0 ? Fields.EMPTY : JSON.object(bytes);
    }

    private static Answer notAllowed(String method) {
        return Answer.text(NOT_ALLOWED, "this is asked by " + method + " alone");
    }
}

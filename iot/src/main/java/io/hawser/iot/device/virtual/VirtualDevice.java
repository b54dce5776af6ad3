package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.JavaValues;
import io.hawser.iot.model.ValueType;
import io.hawser.iot.policy.rule.DevicePolicy;
import io.hawser.iot.policy.rule.NetworkCost;
import io.hawser.iot.policy.rule.PolicyException;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.wire.IotMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a device has, can do and says, by one of its models: attributes that either side sets, actions that the server calls, alerts
 * and data ({@code specs/iot.md} 3.7). Every method may be called from any thread and returns at once.
 *
 * <pre>{@code
 * VirtualDevice pump = device.createVirtualDevice(device.getEndpointId(), device.getDeviceModel("urn:com:example:pump"));
 * pump.setOnChange("limit", event -> motor.limit((Long) event.change().value()));
 * pump.setCallable("start", argument -> motor.start());
 * pump.setOnError(event -> System.err.println(event.values() + " lost: " + event.message()));
 * pump.update().set("level", 4.2).set("running", true).finish();
 * }</pre>
 *
 * <p>Attributes and actions are called by name or alias. On the device every attribute can be set; whether it is writable is the
 * server's matter. What does not fit the model is an IllegalArgumentException at once, and nothing is changed; which Java types fit
 * is told at {@link #set}. Futures complete on the device's callback executor when the server has what was said, and may be ignored:
 * {@link #setOnError} hears of every failure.
 */
public final class VirtualDevice implements AutoCloseable {
    private final String endpointId;
    private final DeviceModel model;
    private final Outlet outlet;
    private final AttributeValues attributes;
    private final ErrorBoard errors;
    private final RequestDoor door;
    private final PolicyDesk policies;
    private volatile boolean closed;

    private VirtualDevice(String endpointId, DeviceModel model, Outlet outlet) {
        this.endpointId = endpointId;
        this.model = model;
        this.outlet = outlet;
        this.attributes = new AttributeValues(model);
        this.errors = new ErrorBoard(this);
        this.door = new RequestDoor(this, attributes, outlet.dispatcher().requests());
        this.policies = new PolicyDesk(
                this, attributes, outlet, call -> outlet.workers().execute(() -> door.act(call)));
    }

    /** The virtual device {@code endpointId}, which speaks through {@code outlet}; for devices of this library, which make them. */
    public static VirtualDevice open(String endpointId, DeviceModel model, Outlet outlet) {
        VirtualDevice device = new VirtualDevice(endpointId, model, outlet);
        device.door.open();
        return device;
    }

    /** Which device it is. */
    public String getEndpointId() {
        return endpointId;
    }

    /** By which model. */
    public DeviceModel getDeviceModel() {
        return model;
    }

    // ---- attributes ----

    /**
     * What the attribute is: what was set last by either side, else its default.
     *
     * @return a Double for NUMBER, Long for INTEGER, String, Boolean, Instant for DATETIME, URI; nothing if it was never set and has
     *     no default
     * @throws IllegalArgumentException if the model has no such attribute
     */
    public Optional<Object> get(String attribute) {
        Attribute known = attributes.known(attribute);
        return attributes.get(known).map(value -> JavaValues.to(known.type(), value));
    }

    /**
     * The same, as {@code type}.
     *
     * @throws ClassCastException if it is of another type
     */
    public <T> Optional<T> get(String attribute, Class<T> type) {
        return get(attribute).map(type::cast);
    }

    /** As {@link #get(String)}: a device knows best what it is. */
    public Optional<Object> getLastKnown(String attribute) {
        return get(attribute);
    }

    /**
     * Sets an attribute, and tells the server. NaN is ignored.
     *
     * @param value for NUMBER any Number, for INTEGER one without fraction by its type, for DATETIME an Instant or a Long of milliseconds, for URI a URI or a
     *     {@link StorageObject}, which is uploaded before the server hears of it, else String or Boolean
     * @throws IllegalArgumentException if there is no such attribute, or the value is of another type or out of range
     * @throws IllegalStateException if the virtual device is closed
     */
    public CompletableFuture<Void> set(String attribute, Object value) {
        return say(attributes.fit(attribute, StorageObject.uriOf(value)));
    }

    /**
     * Offers a value to the policies of the device, which decide what is set, sent, raised and called, and when; without policies it
     * is {@link #set}. For INTEGER a number is rounded.
     *
     * @return completes when the server has what is sent at once; that may be nothing
     */
    public CompletableFuture<Void> offer(String attribute, Object value) {
        boolean whole = attributes.known(attribute).type() == ValueType.INTEGER;
        boolean fraction = value instanceof Double real && Double.isFinite(real);
        Object fit = whole && fraction ? (Object) Math.round((Double) value) : StorageObject.uriOf(value);
        return offer(attributes.fit(attribute, fit));
    }

    private synchronized CompletableFuture<Void> offer(Fields values) {
        requireOpen();
        return policies.offer(values);
    }

    /** Begins to set several attributes that leave in one message. */
    public Update update() {
        return new Update(this, attributes);
    }

    /** Tells {@code callback} of all that the server sets, in the place of whoever was told. */
    public void setOnChange(ChangeCallback callback) {
        door.onChange(callback);
    }

    /** Tells {@code callback} when the server sets {@code attribute}, before the one of the whole device is told. */
    public void setOnChange(String attribute, ChangeCallback callback) {
        door.onChange(attributes.known(attribute).name(), callback);
    }

    // ---- actions ----

    /**
     * Has {@code callable} do the action.
     *
     * @throws IllegalArgumentException if the model has no such action
     */
    public void setCallable(String action, Callable callable) {
        String name = model.action(action)
                .orElseThrow(
                        () -> new IllegalArgumentException("the model " + model.urn() + " has no action " + action))
                .name();
        door.callable(name, callable);
    }

    // ---- alerts and data ----

    /**
     * An alert, to be filled and raised.
     *
     * @param formatUrn one of the model's formats for alerts
     * @throws IllegalArgumentException if it is none
     */
    public Alert createAlert(String formatUrn) {
        return new Alert(this, Form.alert(model, formatUrn), outlet);
    }

    /**
     * Data of another format than the attributes, to be filled and submitted.
     *
     * @param formatUrn one of the model's formats for data
     * @throws IllegalArgumentException if it is none
     */
    public Data createData(String formatUrn) {
        return new Data(this, Form.data(model, formatUrn), outlet);
    }

    // ---- errors ----

    /** Tells {@code callback} of all values that did not reach the server, in the place of whoever was told. */
    public void setOnError(ErrorCallback callback) {
        errors.all(callback);
    }

    /** Tells {@code callback} if values of {@code attribute} did not reach the server, before the one of the whole device is told. */
    public void setOnError(String attribute, ErrorCallback callback) {
        errors.one(attributes.known(attribute).name(), callback);
    }

    // ---- the end ----

    /** Nothing is set and no request is answered any more; what was said before, or held back by policies, is still delivered. */
    @Override
    public void close() {
        release().forEach(message -> outlet.put(message, failure -> undelivered(message, failure)));
        closed = true;
        door.close();
    }

    /** True once it is closed. */
    public boolean isClosed() {
        return closed;
    }

    // ---- for devices of this library ----

    /** The policy that is followed. */
    public synchronized Optional<DevicePolicy> policy() {
        return policies.policy();
    }

    /**
     * Follows this policy from now on, or none.
     *
     * @throws PolicyException if it does not go with the model; then nothing has changed
     */
    public synchronized void follow(Optional<DevicePolicy> policy) throws PolicyException {
        policies.follow(policy);
    }

    /** From now on it costs so much to send something, which policies heed. */
    public synchronized void networkCost(NetworkCost cost) {
        if (!closed) {
            policies.networkCost(cost);
        }
    }

    /** What policies make of {@code messages} of this device: what is to be queued now. */
    public synchronized List<IotMessage> filter(List<IotMessage> messages) {
        return policies.filter(messages);
    }

    /** What policies hold back, to be queued now as something is being closed; none if this is closed. */
    public synchronized List<IotMessage> release() {
        return closed ? List.of() : policies.release();
    }

    // ---- for the package ----

    /** The attributes are {@code values} from now on; messages leave in the order of this. */
    synchronized CompletableFuture<Void> say(Fields values) {
        requireOpen();
        if (values.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        attributes.put(values);
        String format = model.urn() + IotMessage.ATTRIBUTES;
        return outlet.put(
                new IotMessage.Data(outlet.head(endpointId), format, values),
                failure -> errors.attributes(values, failure));
    }

    synchronized void policiesAreDue() {
        if (!closed) {
            policies.due();
        }
    }

    /** {@code message}, which policies made, did not reach the server. */
    void undelivered(IotMessage message, Throwable failure) {
        if (message instanceof IotMessage.Data data) {
            boolean plain = data.format().equals(model.urn() + IotMessage.ATTRIBUTES);
            if (plain) {
                errors.attributes(data.items(), failure);
            } else {
                errors.fields(data.items(), failure, Optional.empty());
            }
        } else if (message instanceof IotMessage.Alert alert) {
            errors.fields(alert.items(), failure, Optional.empty());
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this virtual device is closed");
        }
    }

    /** Fields of an alert or of data were not delivered. */
    void failed(Fields values, Throwable failure, Optional<ErrorCallback> own) {
        errors.fields(values, failure, own);
    }

    @Override
    public String toString() {
        return endpointId + " as " + model.urn();
    }
}

package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.model.Action;
import io.hawser.iot.model.Attribute;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.model.DeviceModel;
import io.hawser.iot.model.Format;
import io.hawser.iot.model.JavaValues;
import io.hawser.iot.model.ModelCheck;
import io.hawser.iot.model.ModelException;
import io.hawser.iot.storage.StorageObject;
import io.hawser.iot.wire.DevicePath;
import io.hawser.iot.wire.operator.Latest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A device far away, as one of its models describes it: what it said last, what it is told to be and to do, and what became of that ({@code
 * specs/iot.md} 1.9). Every method may be called from any thread and returns at once.
 *
 * <pre>{@code
 * VirtualDevice sensor = operator.createVirtualDevice("SENSOR-1", "urn:com:example:humidity_sensor");
 * sensor.setOnChange("humidity", event -> System.out.println(event.change().value()));
 * sensor.setOnAlert(event -> System.out.println(event.severity() + " " + event.fields()));
 * sensor.set("maxThreshold", 90).thenAccept(outcome -> System.out.println(outcome.state()));
 * }</pre>
 *
 * <p>Attributes and actions are called by name or alias. What does not fit the model is an IllegalArgumentException at once. Callbacks run,
 * and futures complete, on the callback executor of the {@link EnterpriseClient}, one after another. A future fails with a {@link
 * io.hawser.iot.link.LinkException} if the server did not take the order, or if nobody knows whether it did (UNREACHABLE); and with a {@link
 * io.hawser.iot.storage.StorageException} if a content could not be uploaded. When it is cancelled, nobody asks any more; the device may do
 * it all the same.
 */
public final class VirtualDevice implements AutoCloseable {
    private static final String VALUE = "value";

    private final String endpointId;
    private final DeviceModel model;
    private final Orders orders;
    private final Monitor monitor;
    private final AttributeValues values;
    private final Hearing hearing;
    private volatile boolean closed;

    VirtualDevice(String endpointId, DeviceModel model, Orders orders, Monitor monitor, Executor callbacks) {
        this.endpointId = endpointId;
        this.model = model;
        this.orders = orders;
        this.monitor = monitor;
        this.values = new AttributeValues(model);
        this.hearing = new Hearing(this, values, callbacks);
    }

    /** Which device it is. */
    public String getEndpointId() {
        return endpointId;
    }

    /** By which model. */
    public DeviceModel getDeviceModel() {
        return model;
    }

    // ---- what it says ----

    /**
     * What the attribute is: what the device said last, else its default. What it is told to be it is when it says so.
     *
     * @return a Double for NUMBER, Long for INTEGER, String, Boolean, Instant for DATETIME, URI
     * @throws IllegalArgumentException if the model has no such attribute
     */
    public Optional<Object> get(String attribute) {
        Attribute known = values.known(attribute);
        return values.get(known).map(value -> JavaValues.to(known.type(), value));
    }

    /**
     * The same, as {@code type}.
     *
     * @throws ClassCastException if it is of another type
     */
    public <T> Optional<T> get(String attribute, Class<T> type) {
        return get(attribute).map(type::cast);
    }

    /** What the device said last; nothing if it never did. */
    public Optional<Object> getLastKnown(String attribute) {
        Attribute known = values.known(attribute);
        return values.last(known).map(value -> JavaValues.to(known.type(), value));
    }

    /** Tells {@code callback} when attributes are other than they were, in the place of whoever was told. */
    public void setOnChange(Consumer<ChangeEvent> callback) {
        hearing.changes.all(callback);
    }

    /** Tells {@code callback} when {@code attribute} is other than it was, before the one of the whole device is told. */
    public void setOnChange(String attribute, Consumer<ChangeEvent> callback) {
        hearing.changes.one(values.known(attribute).name(), callback);
    }

    /** Tells {@code callback} of all alerts, in the place of whoever was told. */
    public void setOnAlert(Consumer<AlertEvent> callback) {
        hearing.alerts.all(callback);
    }

    /**
     * Tells {@code callback} of alerts of one format, before the one for all is told.
     *
     * @throws IllegalArgumentException if the model has no such format for alerts
     */
    public void setOnAlert(String formatUrn, Consumer<AlertEvent> callback) {
        hearing.alerts.one(format(formatUrn, Format.Kind.ALERT), callback);
    }

    /** Tells {@code callback} of all data in formats of their own, in the place of whoever was told. */
    public void setOnData(Consumer<DataEvent> callback) {
        hearing.data.all(callback);
    }

    /**
     * Tells {@code callback} of data of one format, before the one for all is told.
     *
     * @throws IllegalArgumentException if the model has no such format for data
     */
    public void setOnData(String formatUrn, Consumer<DataEvent> callback) {
        hearing.data.one(format(formatUrn, Format.Kind.DATA), callback);
    }

    private String format(String urn, Format.Kind kind) {
        return model.format(urn)
                .filter(format -> format.kind() == kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the model " + model.urn() + " has no format " + urn + " for " + kind))
                .urn();
    }

    // ---- what it is told ----

    /**
     * Has the device set an attribute.
     *
     * @param value for NUMBER any Number, for INTEGER one without fraction by its type, for DATETIME an Instant or a Long of milliseconds,
     *     for URI a URI or a {@link StorageObject}, which is uploaded before the device hears of it, else String or Boolean
     * @throws IllegalArgumentException if there is no such attribute, it is not writable, or the value does not fit
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Outcome> set(String attribute, Object value) {
        requireOpen();
        Fields fit = fit(attribute, value);
        String path = new DevicePath.Attribute(model.urn(), fit.name(0)).url();
        return order("PUT", path, Fields.of(VALUE, fit.value(0)), contents(fit.name(0), value));
    }

    /** Begins to set several attributes that the device shall set at once. */
    public Update update() {
        return new Update(this);
    }

    /** Has the device do an action that takes no argument; as {@link #call(String, Object)}. */
    public CompletableFuture<Outcome> call(String action) {
        Action known = action(action);
        return call(known, Optional.empty(), List.of());
    }

    /**
     * Has the device do an action.
     *
     * @param argument of the type that the model says; as for {@link #set}
     * @throws IllegalArgumentException if there is no such action, or the argument does not fit
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Outcome> call(String action, Object argument) {
        Action known = action(action);
        Optional<Value> value = known.argType()
                .map(type -> JavaValues.from(known.name(), type, StorageObject.uriOf(argument)))
                .orElseThrow(() -> new IllegalArgumentException(known.name() + " takes no argument"));
        return call(known, value, contents(known.name(), argument));
    }

    private CompletableFuture<Outcome> call(Action action, Optional<Value> argument, List<StorageObject> contents) {
        requireOpen();
        Value value;
        try {
            value = new ModelCheck(model).argument(action.name(), argument).orElse(Value.Null.NULL);
        } catch (ModelException misfit) {
            throw new IllegalArgumentException(misfit.reason(), misfit);
        }
        String path = new DevicePath.Action(model.urn(), action.name()).url();
        return order("POST", path, Fields.of(VALUE, value), contents);
    }

    private Action action(String name) {
        return model.action(name)
                .orElseThrow(() -> new IllegalArgumentException("the model " + model.urn() + " has no action " + name));
    }

    // ---- the end ----

    /** Hears nothing and orders nothing any more; what was ordered goes on, and its futures complete. */
    @Override
    public void close() {
        closed = true;
        monitor.leave(this);
    }

    // ---- for the package ----

    /** {@code value} under the name of the attribute, which an operator may set. */
    Fields fit(String attribute, Object value) {
        Attribute known = values.known(attribute);
        if (!known.writable()) {
            throw new IllegalArgumentException(known.name() + " is not writable");
        }
        Fields fit = values.fit(attribute, StorageObject.uriOf(value));
        if (fit.isEmpty()) {
            throw new IllegalArgumentException(known.name() + " must be a number, and is " + value);
        }
        return fit;
    }

    /** What must be uploaded before the device hears of {@code value}. */
    List<StorageObject> contents(String name, Object value) {
        if (value instanceof StorageObject content && content.isInput()) {
            content.belongsTo(endpointId, name);
            return List.of(content);
        }
        return List.of();
    }

    /** Has the device set all of {@code changes} at once. */
    CompletableFuture<Outcome> patch(Fields changes, List<StorageObject> contents) {
        requireOpen();
        return order("PATCH", new DevicePath.Attributes(model.urn()).url(), changes, contents);
    }

    private CompletableFuture<Outcome> order(String method, String path, Fields wish, List<StorageObject> contents) {
        String whole = "devices/" + DevicePath.encode(endpointId) + "/" + path;
        if (contents.isEmpty()) {
            return orders.order(method, whole, wish);
        }
        List<CompletableFuture<?>> uploads = new ArrayList<>();
        contents.forEach(content -> uploads.add(content.sync()));
        return CompletableFuture.allOf(uploads.toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> orders.order(method, whole, wish));
    }

    /** What is known of it from the start; on the loop. */
    void learn(Latest.News news) {
        hearing.learn(news.attributes());
    }

    /** What is new of it; on the loop. */
    void hear(Latest.News news) {
        if (!closed) {
            hearing.hear(news);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this virtual device is closed");
        }
    }

    @Override
    public String toString() {
        return endpointId + " as " + model.urn();
    }
}

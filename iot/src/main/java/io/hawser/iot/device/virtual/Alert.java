package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something that somebody should look at: fields of one format, filled again for each time it is raised. It leaves before
 * everything else, and is sent until it is delivered ({@code specs/iot.md} 3.7). Callable from any thread.
 */
public final class Alert {
    private final VirtualDevice device;
    private final Form form;
    private final Outlet outlet;
    private volatile IotMessage.Severity severity = IotMessage.Severity.SIGNIFICANT;
    private volatile Optional<ErrorCallback> onError = Optional.empty();

    Alert(VirtualDevice device, Form form, Outlet outlet) {
        this.device = device;
        this.form = form;
        this.outlet = outlet;
    }

    /**
     * Fills in a field.
     *
     * @param value as for {@link VirtualDevice#set}
     * @throws IllegalArgumentException if the format has no such field, or the value is of another type
     */
    public Alert set(String field, Object value) {
        form.set(field, value);
        return this;
    }

    /** How bad it is from now on; SIGNIFICANT unless it is said. */
    public Alert severity(IotMessage.Severity other) {
        severity = other;
        return this;
    }

    /** Tells {@code callback} if this is not delivered, and not the callback of the virtual device. */
    public Alert setOnError(ErrorCallback callback) {
        onError = Optional.of(callback);
        return this;
    }

    /**
     * Raises it, and empties its fields.
     *
     * @return completes when the server has it
     * @throws IllegalStateException if a field that is not optional is missing, or the virtual device is closed
     */
    public CompletableFuture<Void> raise() {
        device.requireOpen();
        Fields items = form.take();
        IotHead head = outlet.head(device.getEndpointId())
                .with(IotHead.Priority.HIGHEST, IotHead.Reliability.GUARANTEED_DELIVERY);
        return outlet.put(
                new IotMessage.Alert(
                        head, form.format().urn(), severity, form.format().description(), items),
                failure -> device.failed(items, failure, onError));
    }
}

package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Values of one format, filled again for each time they are submitted ({@code specs/iot.md} 3.7). Callable from any thread. */
public final class Data {
    private final VirtualDevice device;
    private final Form form;
    private final Outlet outlet;
    private volatile Optional<ErrorCallback> onError = Optional.empty();

    Data(VirtualDevice device, Form form, Outlet outlet) {
        this.device = device;
        this.form = form;
        this.outlet = outlet;
    }

    /** Fills in a field, as {@link Alert#set}. */
    public Data set(String field, Object value) {
        form.set(field, value);
        return this;
    }

    /** Tells {@code callback} if this is not delivered, and not the callback of the virtual device. */
    public Data setOnError(ErrorCallback callback) {
        onError = Optional.of(callback);
        return this;
    }

    /**
     * Sends the fields, and empties them.
     *
     * @return completes when the server has them
     * @throws IllegalStateException if there are none, one that is not optional is missing, or the virtual device is closed
     */
    public CompletableFuture<Void> submit() {
        device.requireOpen();
        Fields items = form.take();
        if (items.isEmpty()) {
            throw new IllegalStateException("data without fields says nothing; set one first");
        }
        return outlet.put(
                new IotMessage.Data(
                        outlet.head(device.getEndpointId()), form.format().urn(), items),
                failure -> device.failed(items, failure, onError));
    }
}

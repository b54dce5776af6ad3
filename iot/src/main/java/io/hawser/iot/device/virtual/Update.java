package io.hawser.iot.device.virtual;

import io.hawser.core.value.Fields;
import io.hawser.iot.model.AttributeValues;
import io.hawser.iot.storage.StorageObject;
import java.util.concurrent.CompletableFuture;

/** Several attributes that leave in one message. Not safe for several threads; nothing is set before {@link #finish}. */
public final class Update {
    private final VirtualDevice device;
    private final AttributeValues attributes;
    private final Fields.Builder values = Fields.builder();

    Update(VirtualDevice device, AttributeValues attributes) {
        this.device = device;
        this.attributes = attributes;
    }

    /**
     * Sets one of them, as {@link VirtualDevice#set} does.
     *
     * @throws IllegalArgumentException if there is no such attribute, or the value does not fit
     */
    public Update set(String attribute, Object value) {
        Fields fit = attributes.fit(attribute, StorageObject.uriOf(value));
        for (int i = 0; i < fit.size(); i++) {
            values.put(fit.name(i), fit.value(i));
        }
        return this;
    }

    /** Sets all of them, and tells the server in one message; without any nothing happens. */
    public CompletableFuture<Void> finish() {
        return device.say(values.build());
    }
}

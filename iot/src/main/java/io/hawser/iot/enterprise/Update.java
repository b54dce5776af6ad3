package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.storage.StorageObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Several attributes that a device shall set at once. Not safe for several threads; nothing is ordered before {@link #finish}. */
public final class Update {
    private final VirtualDevice device;
    private final Fields.Builder values = Fields.builder();
    private final List<StorageObject> contents = new ArrayList<>();

    Update(VirtualDevice device) {
        this.device = device;
    }

    /**
     * Sets one of them, as {@link VirtualDevice#set} does.
     *
     * @throws IllegalArgumentException if there is no such attribute, it is not writable, or the value does not fit
     */
    public Update set(String attribute, Object value) {
        Fields fit = device.fit(attribute, value);
        values.put(fit.name(0), fit.value(0));
        contents.addAll(device.contents(fit.name(0), value));
        return this;
    }

    /**
     * Has the device set all of them.
     *
     * @throws IllegalStateException if there are none, or the virtual device is closed
     */
    public CompletableFuture<Outcome> finish() {
        Fields all = values.build();
        if (all.isEmpty()) {
            throw new IllegalStateException("an update sets at least one attribute before it is finished");
        }
        return device.patch(all, contents);
    }
}

package io.hawser.iot.policy;

import io.hawser.iot.wire.IotMessage;
import java.util.ArrayList;
import java.util.List;

/** Held messages that end with the program: for a device without a disk. Not thread-safe; as bounded as the batch. */
public final class MemoryHeldMessages implements HeldMessages {
    private final List<IotMessage> held = new ArrayList<>();

    /** Nothing is held. */
    public MemoryHeldMessages() {}

    @Override
    public List<IotMessage> load() {
        return List.copyOf(held);
    }

    @Override
    public void add(IotMessage message) {
        held.add(message);
    }

    @Override
    public void release(List<IotMessage> messages) {
        held.clear();
    }
}

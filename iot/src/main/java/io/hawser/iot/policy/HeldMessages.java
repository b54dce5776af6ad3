package io.hawser.iot.policy;

import io.hawser.iot.wire.IotMessage;
import java.util.List;

/**
 * Where the messages that a batch of one device and model holds back survive a restart ({@code specs/iot.md} 3.9, BATCH_BY). Called
 * by whoever calls the engine; nothing is thrown: what cannot be kept is in memory all the same, and the engine goes on.
 */
public interface HeldMessages {
    /** What was held when the program ended, the oldest first. Called once, before anything else. */
    List<IotMessage> load();

    /** Keeps {@code message}, a DATA or an ALERT, behind all others. */
    void add(IotMessage message);

    /** Forgets {@code messages}, which are all that is held: they are on their way into the queue. */
    void release(List<IotMessage> messages);
}

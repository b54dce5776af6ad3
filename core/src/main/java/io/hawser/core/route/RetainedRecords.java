package io.hawser.core.route;

import io.hawser.core.message.Message;
import java.util.function.Consumer;

/** Where what is retained outlives the hub. What is said here is written some time later. Callable from any thread. */
public interface RetainedRecords {
    /** Nothing outlives the hub. */
    RetainedRecords NONE = new RetainedRecords() {
        @Override
        public void load(Consumer<Message> each) {}

        @Override
        public void put(Message message) {}

        @Override
        public void remove(String topic) {}
    };

    /** Tells {@code each} what there is; before anything else, and not for a loop. */
    void load(Consumer<Message> each);

    /** {@code message} is the last of its topic. */
    void put(Message message);

    /** There is none of {@code topic}. */
    void remove(String topic);
}

package io.hawser.app.listen;

import io.hawser.app.text.Event;

/** What becomes of the messages that come. Owner: one thread. */
public interface Display {
    /** Shows one message; false if nobody looks any more. */
    boolean take(Event event);

    /** Called every second; false if nobody looks any more. */
    default boolean tick() {
        return true;
    }

    /** No more come. */
    default void end() {}
}

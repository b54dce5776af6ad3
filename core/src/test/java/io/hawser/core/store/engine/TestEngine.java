package io.hawser.core.store.engine;

import io.hawser.core.time.ManualClock;

/** An engine under test, empty at first. */
public interface TestEngine extends AutoCloseable {
    /** The engine. */
    Store store();

    /** Its time; runs the listeners too. */
    ManualClock clock();

    /** Returns when the engine has done all that was asked of it and what falls due now, and the listeners have heard. */
    void settle();

    /** Removes what is left of it. */
    @Override
    void close();
}

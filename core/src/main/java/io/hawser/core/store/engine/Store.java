package io.hawser.core.store.engine;

import io.hawser.core.store.durable.Durables;
import io.hawser.core.store.map.Maps;
import io.hawser.core.store.object.StoredObjects;
import io.hawser.core.store.record.Records;

/** Where things stay: one engine with all its parts. The parts are callable from any thread, and return at once. */
public interface Store extends AutoCloseable {
    /** The messages that wait for durables. */
    Durables durables();

    /** The key-value maps. */
    Maps maps();

    /** Files of any size. */
    StoredObjects objects();

    /** The tables and logs that the hub keeps about itself. */
    Records records();

    /** Completes what was accepted, then takes nothing more. */
    @Override
    void close();
}

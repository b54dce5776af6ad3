package io.hawser.store.copy;

import io.hawser.core.store.object.ObjectContent;
import io.hawser.core.store.object.ObjectDraft;
import io.hawser.core.store.object.ObjectManifest;
import io.hawser.store.rack.Rack;

/**
 * A store that no hub uses, as what it consists of: families of sorted bytes, and contents of objects. Owner: whoever opens it; every
 * method throws {@link io.hawser.core.store.StoreException} when the engine fails.
 */
public interface Stock extends AutoCloseable {
    /** The families; closed with the stock. */
    Rack rack();

    /** The content of {@code object}. */
    ObjectContent open(ObjectManifest object);

    /** A new content under {@code number}. */
    ObjectDraft create(long number);

    /** Lets others use it. */
    @Override
    void close();
}

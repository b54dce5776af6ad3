package io.hawser.core.store.object;

import java.nio.ByteBuffer;

/** The content of an object that is being read. Owner: the catalog's thread. */
public interface ObjectContent extends AutoCloseable {
    /**
     * The chunk with this index, checked.
     *
     * @throws io.hawser.core.store.StoreException that names object and chunk if it is not as it was written
     */
    ByteBuffer chunk(int index);

    /** Lets go of what is open. */
    @Override
    void close();
}

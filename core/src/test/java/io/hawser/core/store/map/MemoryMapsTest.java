package io.hawser.core.store.map;

import io.hawser.core.store.engine.MemoryEngine;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;

class MemoryMapsTest extends MapsContract {
    @Override
    protected TestEngine open(StoreLimits limits) {
        return new MemoryEngine(limits);
    }
}

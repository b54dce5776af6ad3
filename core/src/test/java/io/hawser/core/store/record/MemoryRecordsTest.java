package io.hawser.core.store.record;

import io.hawser.core.store.engine.MemoryEngine;
import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;

class MemoryRecordsTest extends RecordsContract {
    @Override
    protected TestEngine open(StoreLimits limits) {
        return new MemoryEngine(limits);
    }
}

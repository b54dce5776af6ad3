package io.hawser.store.local;

import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.store.record.RecordsContract;

class LocalRecordsTest extends RecordsContract {
    @Override
    protected TestEngine open(StoreLimits limits) {
        return new LocalEngine(limits);
    }
}

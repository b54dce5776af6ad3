package io.hawser.store.nats;

import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.store.record.RecordsContract;

class NatsRecordsTest extends RecordsContract {
    @Override
    protected TestEngine open(StoreLimits limits) {
        return new NatsEngine(NatsEngine.settings(), limits);
    }
}

package io.hawser.store.nats;

import io.hawser.core.store.engine.StoreLimits;
import io.hawser.core.store.engine.TestEngine;
import io.hawser.core.store.map.WatchContract;

class NatsWatchTest extends WatchContract {
    @Override
    protected TestEngine open(StoreLimits limits) {
        return new NatsEngine(NatsEngine.settings(), limits);
    }
}

package io.hawser.core.store;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open(StoreLimits limits) {
        return new MemoryStore(clock, limits);
    }
}

package io.hawser.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.TestMessages;
import io.hawser.core.time.ManualClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
    @Override
    protected Store open(StoreLimits limits) {
        return new MemoryStore(clock, limits);
    }

    @Override
    protected void settle(Store store) {
        clock.run();
    }

    @Test
    void nothingIsDoneUntilTheWriterRuns() {
        ManualClock writer = new ManualClock();
        Store store = new MemoryStore(writer, StoreLimits.DEFAULT);
        CompletableFuture<Long> appended = store.append(TestMessages.numbered(1), List.of());
        assertThat(appended).isNotDone();
        writer.run();
        assertThat(appended).isCompleted();
    }
}

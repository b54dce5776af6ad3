package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.core.time.ManualClock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryDurablesTest extends DurablesContract {
    @Override
    protected Store open(DurableLimits limits) {
        return new MemoryStore(new StoreThread(clock, clock, clock::schedule), limits);
    }

    @Override
    protected void settle(Store store) {
        clock.run();
    }

    @Test
    void nothingIsDoneUntilTheWriterRuns() {
        ManualClock writer = new ManualClock();
        Durables store = new MemoryDurables(new StoreThread(writer, writer, writer::schedule), DurableLimits.DEFAULT);
        CompletableFuture<Long> appended = store.append(TestMessages.numbered(1), List.of());
        assertThat(appended).isNotDone();
        writer.run();
        assertThat(appended).isCompleted();
    }
}

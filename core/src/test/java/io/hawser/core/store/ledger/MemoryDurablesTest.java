package io.hawser.core.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.TestMessages;
import io.hawser.core.store.StoreThread;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.store.durable.DurablesContract;
import io.hawser.core.store.engine.MemoryStore;
import io.hawser.core.store.engine.Store;
import io.hawser.core.time.ManualClock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryDurablesTest extends DurablesContract {
    @Override
    protected Store open(DurableListener listener) {
        return new MemoryStore(new StoreThread(clock, clock, clock::schedule), listener);
    }

    @Override
    protected void settle(Store store) {
        clock.run();
    }

    @Test
    void nothingIsDoneUntilTheWriterRuns() {
        ManualClock writer = new ManualClock();
        MemoryDurables store =
                new MemoryDurables(new StoreThread(writer, writer, writer::schedule), DurableListener.NONE);
        CompletableFuture<Long> appended =
                store.durables().append(TestMessages.numbered(1), Optional.empty(), List.of());
        assertThat(appended).isNotDone();
        writer.run();
        assertThat(appended).isCompleted();
    }
}

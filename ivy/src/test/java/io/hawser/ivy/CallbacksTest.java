package io.hawser.ivy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When callbacks are too slow for what is read. */
class CallbacksTest {
    private final Deque<Runnable> executor = new ArrayDeque<>();
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicInteger resumes = new AtomicInteger();
    private Runnable whenPausing = () -> {};
    private final Callbacks callbacks = new Callbacks(
            executor::add,
            () -> {
                pauses.incrementAndGet();
                whenPausing.run();
            },
            resumes::incrementAndGet);

    @Test
    void readingStopsWhenMuchWaitsAndGoesOnWhenLittleIsLeft() {
        tell(Callbacks.HIGH + 1);
        assertThat(callbacks.full()).isTrue();
        assertThat(pauses).hasValue(1);

        drain();
        assertThat(callbacks.full()).isFalse();
        assertThat(resumes).hasValue(1);
    }

    @Test
    void readingGoesOnThoughAllWasCalledBeforeThePauseWasKnown() {
        whenPausing = this::drain;

        tell(Callbacks.HIGH + 1);

        assertThat(callbacks.full()).isFalse();
        assertThat(resumes.get()).isEqualTo(pauses.get()).isEqualTo(1);
    }

    private void tell(int times) {
        for (int i = 0; i < times; i++) {
            callbacks.tell(() -> {});
        }
    }

    private void drain() {
        for (Runnable task = executor.poll(); task != null; task = executor.poll()) {
            task.run();
        }
    }
}

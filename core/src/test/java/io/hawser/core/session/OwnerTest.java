package io.hawser.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnerTest {
    private final ManualClock first = new ManualClock();
    private final ManualClock second = new ManualClock();
    private final Owner owner = new Owner(first);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInOrderOnItsLoop() {
        owner.execute(() -> done.add("a"));
        owner.execute(() -> done.add("b"));
        second.run();
        assertThat(done).isEmpty();
        first.run();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void whatCameBeforeTheMoveRunsAfterItOnTheNewLoopAndInOrder() {
        owner.execute(() -> owner.move(second));
        owner.execute(() -> done.add("a"));
        first.run();
        owner.execute(() -> done.add("b"));
        first.run();
        assertThat(done).isEmpty();
        second.run();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void aRunThatWasPostedToTheOldLoopFollows() {
        owner.execute(() -> done.add("a"));
        owner.move(second);
        first.run();
        assertThat(done).isEmpty();
        second.run();
        assertThat(done).containsExactly("a");
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() {
        owner.execute(() -> {
            throw new IllegalStateException("expected");
        });
        owner.execute(() -> done.add("a"));
        assertThatThrownBy(first::run).hasMessage("expected");
        first.run();
        assertThat(done).containsExactly("a");
    }

    @Test
    void manyThreadsAndManyMovesLoseNothingAndKeepEachThreadsOrder() throws InterruptedException {
        ExecutorService a = Executors.newSingleThreadExecutor();
        ExecutorService b = Executors.newSingleThreadExecutor();
        int threads = 4;
        int each = 5_000;
        Owner moving = new Owner(a);
        AtomicInteger inside = new AtomicInteger();
        int[] next = new int[threads];
        List<String> wrong = new ArrayList<>();
        CountDownLatch all = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            int thread = t;
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            moving.execute(() -> {
                                if (inside.incrementAndGet() != 1 || next[thread]++ != number) {
                                    wrong.add(thread + ":" + number);
                                }
                                if (number % 7 == 0) {
                                    moving.move(number % 2 == 0 ? a : b);
                                }
                                inside.decrementAndGet();
                                all.countDown();
                            });
                        }
                    })
                    .start();
        }
        assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
        a.shutdown();
        b.shutdown();
        assertThat(wrong).isEmpty();
    }
}

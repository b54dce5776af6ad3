package io.hawser.store.local.durable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongQueueTest {
    @Test
    void behavesLikeAQueueThatKnowsWhatItHolds() {
        Random random = new Random(5);
        LongQueue queue = new LongQueue();
        Deque<Long> model = new ArrayDeque<>();
        for (long id = 0; id < 5_000; id += 1 + random.nextInt(3)) {
            queue.add(id);
            model.add(id);
            if (random.nextInt(5) < 2) {
                assertThat(queue.poll()).as("seed 5").isEqualTo(model.remove());
            }
            long asked = id - random.nextInt(50);
            assertThat(queue.contains(asked)).as("seed 5, %d", asked).isEqualTo(model.contains(asked));
            assertThat(queue.size()).isEqualTo(model.size());
        }
    }
}

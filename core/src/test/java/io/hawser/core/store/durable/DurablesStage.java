package io.hawser.core.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.message.Message;
import io.hawser.core.message.TestMessages;
import io.hawser.core.store.durable.DurableSettings.WhenFull;
import io.hawser.core.store.engine.Store;
import io.hawser.core.time.ManualClock;
import io.hawser.core.value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store with nothing in it, and whoever consumes from its durables: what the contract is tested on. */
public abstract class DurablesStage {
    /** A durable. */
    protected static final DurableName ONE = new DurableName("test", "one");
    /** Another one. */
    protected static final DurableName TWO = new DurableName("test", "two");
    /** What they are like unless a test says otherwise. */
    protected static final DurableSettings SMALL = DurableSettings.DEFAULT.withRoom(5, 1_000, WhenFull.REJECT);

    /** Runs the listeners, and an engine that has no thread of its own; the engine's time. */
    protected final ManualClock clock = new ManualClock();

    /** What the store told without being asked. */
    private final List<String> told = new CopyOnWriteArrayList<>();

    private final Store store = open(new DurableListener() {
        @Override
        public void lost(DurableName name, long id, Loss why) {
            told.add(why + " " + name.name() + " " + id);
        }

        @Override
        public void filling(DurableInfo durable) {
            told.add("filling " + durable.name().name() + " " + (durable.waiting() + durable.out()));
        }

        @Override
        public void relieved(DurableInfo durable) {
            told.add("relieved " + durable.name().name() + " " + (durable.waiting() + durable.out()));
        }

        @Override
        public void deleted(DurableName name) {
            told.add("deleted " + name.name());
        }
    });

    /** A new, empty engine on {@link #clock}. */
    protected abstract Store open(DurableListener listener);

    /** Returns when {@code engine} has done all that was asked of it, and the listeners have heard. */
    protected abstract void settle(Store engine);

    final void settle() {
        settle(store);
    }

    final Store store() {
        return store;
    }

    final Durables durables() {
        return store.durables();
    }

    /** Turns time forward. */
    final void pass(Duration time) {
        settle();
        clock.advance(time);
        settle();
    }

    /** What the store told since the last time. */
    final List<String> told() {
        settle();
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    /** Hears what a consumer hears. */
    final class Ear implements DurableConsumer.Listener {
        final List<Long> ids = new ArrayList<>();
        final DurableConsumer consumer;
        private final List<String> heard = new ArrayList<>();

        Ear(DurableName name) {
            consumer = durables().consume(name, clock, this);
        }

        Ear(DurableName name, int credit) {
            this(name);
            consumer.request(credit);
            settle();
        }

        @Override
        public void delivered(List<StoredMessage> messages) {
            for (StoredMessage message : messages) {
                ids.add(message.id());
                heard.add(text(message));
            }
        }

        @Override
        public void withdrawn(List<Long> gone) {
            gone.forEach(id -> heard.add("withdrawn " + (ids.indexOf(id) + 1)));
        }

        @Override
        public void displaced() {
            heard.add("displaced");
        }

        List<String> heard() {
            settle();
            List<String> all = List.copyOf(heard);
            heard.clear();
            return all;
        }

        /** The id of the message that came as the nth, from 1. */
        List<Long> nth(int n) {
            return List.of(ids.get(n - 1));
        }
    }

    /** Its number, x, how often it was delivered. */
    static String text(StoredMessage message) {
        return message.message().fields().get("n").orElseThrow() + "x" + message.deliveryCount();
    }

    final void define(DurableName name) {
        define(name, SMALL);
    }

    final void define(DurableName name, DurableSettings settings) {
        CompletableFuture<Void> done = durables().define(name, settings, new byte[] {1});
        settle();
        assertThat(done).isCompleted();
    }

    final CompletableFuture<Long> append(long n, DurableName... names) {
        return append(TestMessages.numbered(n), names);
    }

    final CompletableFuture<Long> append(Message message, DurableName... names) {
        return durables().append(message, Optional.empty(), List.of(names));
    }

    /** A message that holds a number and a key. */
    static Message keyed(String key, long n) {
        return TestMessages.on(
                "keys", Fields.builder().put("k", key).put("n", n).build());
    }

    final <T> T now(CompletableFuture<T> asked) {
        settle();
        assertThat(asked).isDone();
        return asked.join();
    }

    final DurableInfo info(DurableName name) {
        return now(durables().find(name)).orElseThrow();
    }
}

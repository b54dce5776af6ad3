package io.hawser.verify.bench.ivy;

import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyAgentBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Two agents that answer each other from their callbacks, one text at a time. */
final class IvyTrips implements AutoCloseable {
    private static final Duration MEETING = Duration.ofSeconds(10);
    private static final int MOST = 1 << 20;

    private final IvyAgent asking;
    private final IvyAgent answering;
    private final String payload;
    /** Of one round; handed to the thread of the asking agent's callbacks with the first text. */
    private long[] taken = {};

    private int count;
    private long sent;
    private long end;
    private CountDownLatch over = new CountDownLatch(0);

    private IvyTrips(String bus, String payload, UnaryOperator<IvyAgentBuilder> wishes) {
        this.payload = payload;
        this.asking = wishes.apply(IvyAgent.builder("asks").domain(bus)).join();
        this.answering = wishes.apply(IvyAgent.builder("answers").domain(bus)).join();
    }

    /** Two agents as a program gets them: callbacks have a thread of their own. */
    static IvyTrips usual(String bus, String payload) throws IOException, InterruptedException {
        return met(new IvyTrips(bus, payload, builder -> builder));
    }

    /** Two agents whose callbacks run where their bytes arrive, for callbacks that never wait. */
    static IvyTrips onTheLoop(String bus, String payload) throws IOException, InterruptedException {
        Executor atOnce = Runnable::run;
        return met(new IvyTrips(bus, payload, builder -> builder.executor(atOnce)));
    }

    private static IvyTrips met(IvyTrips trips) throws IOException, InterruptedException {
        trips.answering.bind("^ping (.*)", (client, captures) -> trips.answering.send("pong " + captures.get(0)));
        trips.asking.bind("^pong (.*)", (client, captures) -> trips.answered());
        try {
            trips.asking.waitForClient("answers", MEETING).get(MEETING.toSeconds(), TimeUnit.SECONDS);
            trips.answering.waitForClient("asks", MEETING).get(MEETING.toSeconds(), TimeUnit.SECONDS);
            return trips;
        } catch (ExecutionException | TimeoutException failure) {
            trips.close();
            throw new IOException("two agents did not meet", failure);
        }
    }

    /** As many round trips as fit in {@code time}: nanoseconds each, sorted. */
    long[] round(Duration time) throws IOException, InterruptedException {
        taken = new long[MOST];
        count = 0;
        over = new CountDownLatch(1);
        sent = System.nanoTime();
        end = sent + time.toNanos();
        asking.send("ping " + payload);
        if (!over.await(time.plus(MEETING).toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("an answer is lost");
        }
        long[] sorted = Arrays.copyOf(taken, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private void answered() {
        long now = System.nanoTime();
        taken[count++] = now - sent;
        if (now - end < 0 && count < MOST) {
            sent = now;
            asking.send("ping " + payload);
        } else {
            over.countDown();
        }
    }

    @Override
    public void close() {
        asking.close();
        answering.close();
    }
}

package io.hawser.ivy;

import io.hawser.net.Loop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Futures that wait for something on the bus, each for so long. They end on the callback executor. All state belongs to the
 * agent's loop.
 */
final class Waits {
    private final IvyAgent agent;
    private final Set<Wait> open = new LinkedHashSet<>();

    Waits(IvyAgent agent) {
        this.agent = agent;
    }

    /** {@code answer} fails with a TimeoutException that says {@code otherwise}, unless it ends before. */
    void add(CompletableFuture<?> answer, Duration timeout, String otherwise) {
        add(new Wait(answer, Optional.empty()), timeout, otherwise);
    }

    /** {@code answer} waits for an agent called {@code name}. */
    void addClient(CompletableFuture<IvyClient> answer, String name, Duration timeout) {
        Awaited awaited = new Awaited(name, answer);
        add(new Wait(answer, Optional.of(awaited)), timeout, "no agent '" + name + "' joined within " + timeout);
    }

    /** {@code client} is there. */
    void joined(IvyClient client) {
        open.stream()
                .flatMap(wait -> wait.awaited.stream())
                .filter(awaited -> awaited.name().equals(client.name()))
                .forEach(awaited -> agent.tell(() -> awaited.answer().complete(client)));
    }

    /** Nothing that is waited for will come. */
    void end() {
        List.copyOf(open).forEach(wait -> fail(wait, "the agent has left the bus"));
    }

    private void add(Wait wait, Duration timeout, String otherwise) {
        open.add(wait);
        Loop.Timer timer = agent.later(timeout, () -> fail(wait, otherwise));
        wait.answer.whenComplete((value, failure) -> agent.post(() -> {
            timer.cancel();
            open.remove(wait);
        }));
    }

    private void fail(Wait wait, String reason) {
        open.remove(wait);
        agent.tell(() -> wait.answer.completeExceptionally(new TimeoutException(reason)));
    }

    /** One future, told apart from others by being itself. */
    private static final class Wait {
        final CompletableFuture<?> answer;
        final Optional<Awaited> awaited;

        Wait(CompletableFuture<?> answer, Optional<Awaited> awaited) {
            this.answer = answer;
            this.awaited = awaited;
        }
    }

    /** Whom a future waits for. */
    private record Awaited(String name, CompletableFuture<IvyClient> answer) {}
}

package io.hawser.app.hub;

import io.hawser.app.admin.health.Check;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.gateway.EftlGateway;
import io.hawser.ivy.gateway.IvyGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a hub ready to stop, so that nothing is lost of what it took: nobody is let in any more, nothing more is taken, and what is on
 * its way arrives, or is on disk and acknowledged. What was not answered clients ask again when they have come back.
 *
 * <p>It has arrived when twice in a row nothing was on its way: what one loop routes as the other is asked is seen then. Callable
 * from any thread.
 */
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    /** Between two looks; the first waits for so long too, so that whoever asked for it hears the answer. */
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Duration limit;
    private final List<Supplier<CompletableFuture<Boolean>>> parts = new ArrayList<>();
    private final List<Runnable> doors = new ArrayList<>();
    private final ScheduledExecutorService thread;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();
    private volatile boolean begun;

    /** Nothing is drained yet; that may take {@code limit}, and is looked after on {@code thread}. */
    Drain(Duration limit, ScheduledExecutorService thread) {
        this.limit = limit;
        this.thread = thread;
    }

    /** Before it begins: {@code eftl}, which is returned, is shut first, and then waited for. */
    EftlGateway of(EftlGateway eftl) {
        doors.add(eftl::drain);
        parts.add(eftl::quiet);
        return eftl;
    }

    /** Before it begins: what is on its way to agents of {@code domains}, which are returned, is waited for. */
    List<IvyGateway> of(List<IvyGateway> domains) {
        for (IvyGateway domain : domains) {
            parts.add(() -> domain.agents().thenApply(agents -> agents.stream()
                    .allMatch(agent -> agent.waiting() == 0 && agent.unsentBytes() == 0)));
        }
        return domains;
    }

    /** A hub that drains must not be used by anybody new. */
    Check check() {
        return new Check("open", () -> !begun);
    }

    /** Begins, unless it has begun; completes as {@link #done} does. */
    public synchronized CompletableFuture<Boolean> begin() {
        if (!begun) {
            begun = true;
            LOG.info("hub drains: nothing more is taken, what is on its way has {} s", limit.toSeconds());
            doors.forEach(Runnable::run);
            Future<?> end = thread.schedule(() -> end(false), limit.toMillis(), TimeUnit.MILLISECONDS);
            done.thenRun(() -> end.cancel(false));
            look(false);
        }
        return done();
    }

    /** Completes when it was asked for and is over: with false if the time was, and something still on its way. */
    public CompletableFuture<Boolean> done() {
        return done.copy();
    }

    /** Begins, and says so. */
    Fields row() {
        CompletableFuture<Boolean> unused = begin();
        return Fields.builder()
                .put("draining", Value.of(true))
                .put("seconds", limit.toSeconds())
                .build();
    }

    private void look(boolean quietBefore) {
        Future<?> unused = thread.schedule(
                () -> quiet().whenComplete((quiet, failure) -> {
                    boolean now = failure == null && quiet;
                    if (now && quietBefore) {
                        end(true);
                    } else if (!done.isDone()) {
                        look(now);
                    }
                }),
                PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<Boolean> quiet() {
        CompletableFuture<Boolean> quiet = CompletableFuture.completedFuture(true);
        for (Supplier<CompletableFuture<Boolean>> part : parts) {
            quiet = quiet.thenCombine(part.get(), Boolean::logicalAnd);
        }
        return quiet;
    }

    private void end(boolean quiet) {
        if (done.complete(quiet)) {
            LOG.info("hub is drained: {}", quiet ? "nothing is on its way" : "its time is over");
        }
    }
}

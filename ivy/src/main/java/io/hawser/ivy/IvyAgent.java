package io.hawser.ivy;

import io.hawser.core.match.Captures;
import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Our own agent on an Ivy bus. Callable from any thread, inside callbacks too.
 *
 * <pre>{@code
 * IvyAgent agent = IvyAgent.join("weather", "127.255.255.255:2010");
 * agent.bind("^hello (.*)", (client, args) -> System.out.println(client + " says " + args.get(0)));
 * agent.send("hello world");
 * }</pre>
 *
 * <p>State belongs to one loop with a daemon thread; callbacks run on the callback executor, one at a time.
 */
public final class IvyAgent implements AutoCloseable {
    /** How long an agent may take to answer a ping. */
    public static final Duration PING_TIMEOUT = Duration.ofSeconds(10);

    /** Sent texts that may wait for the loop; beyond it senders wait. */
    private static final int MAX_SENDING = 16_384;

    private final String name;
    private final Loops loops;
    private final Loop loop;
    private final IvyMesh mesh;
    private final AgentEvents events;
    private final Callbacks callbacks;
    private final PeerRegexps regexps = new PeerRegexps();
    private final Semaphore room = new Semaphore(MAX_SENDING);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Optional<ExecutorService> ownExecutor;

    private IvyAgent(IvyAgentBuilder wishes) {
        IvyOptions options = wishes.options();
        this.name = options.name();
        this.ownExecutor = wishes.executor().isPresent()
                ? Optional.empty()
                : Optional.of(Executors.newSingleThreadExecutor(IvyAgent::daemon));
        Executor executor =
                ownExecutor.<Executor>map(own -> own).or(wishes::executor).orElseThrow();
        this.loops = Loops.start(1, "ivy");
        this.loop = loops.next();
        this.callbacks = new Callbacks(executor, () -> reading(false), () -> tryOnLoop(() -> reading(true)));
        this.events = new AgentEvents(this, wishes, regexps, callbacks, loop);
        this.mesh = new IvyMesh(loop, options, events);
    }

    /**
     * Joins the bus {@code domain} as {@code name}, with everything else as usual.
     *
     * @throws IllegalArgumentException with a text for the user if {@code name} or {@code domain} is wrong
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    public static IvyAgent join(String name, String domain) {
        return builder(name).domain(domain).join();
    }

    /** An agent {@code name} that has not joined yet. */
    public static IvyAgentBuilder builder(String name) {
        return new IvyAgentBuilder(name);
    }

    static IvyAgent join(IvyAgentBuilder wishes) {
        IvyAgent agent = new IvyAgent(wishes);
        try {
            agent.mesh.start();
        } catch (RuntimeException e) {
            agent.release();
            throw e;
        }
        return agent;
    }

    /** Our name. */
    public String name() {
        return name;
    }

    /** Everybody who is there, in the order of joining; nobody after the end. A copy. */
    public List<IvyClient> clients() {
        return events.clients();
    }

    /** How often {@code what} has happened. */
    public long count(IvyCount what) {
        return mesh.count(what);
    }

    /**
     * Asks everybody for the texts that match {@code regexp}; those who join later too. Whoever sends matches, with the
     * regexp engine of its own: {@code specs/ivy.md} 1.6 says what all of them understand. One that cannot read it tells
     * {@link IvyListener#problem}.
     *
     * @return the id of the subscription
     * @throws IllegalArgumentException if {@code regexp} holds LF or NUL, or is too long
     */
    public int bind(String regexp, IvyTextHandler handler) {
        return onLoop(() -> {
            int id = mesh.bind(regexp);
            events.handle(id, handler);
            return id;
        });
    }

    /** Takes a subscription back; its handler is not called any more. False if there is none with that id. */
    public boolean unbind(int id) {
        events.forget(id);
        return onLoop(() -> mesh.unbind(id));
    }

    /**
     * Sends {@code text} to everybody who wants it. Matching is done here and now, sending follows; texts of one thread
     * arrive in order. Waits if very much is still to be sent. An agent that reads too slowly loses texts, which
     * {@link IvyCount#TEXTS_DROPPED} counts.
     *
     * @return how many subscriptions matched, over all agents; 0 after the end
     * @throws IllegalArgumentException if {@code text} holds LF or NUL
     */
    public int send(String text) {
        return send(text, null);
    }

    /** Says goodbye to everybody and leaves the bus. Returns when its ports are free. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            loop.execute(events::end);
            mesh.stop();
            release();
        }
    }

    /** {@code name:port}. */
    @Override
    public String toString() {
        return name + ":" + mesh.port();
    }

    /** {@code text}, which can go out. */
    static String sendable(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an Ivy text must not hold LF or NUL");
        }
        return text;
    }

    /** Sends to {@code only}, or to everybody. */
    int send(String text, @Nullable IvyPeer only) {
        List<Delivery> deliveries = new ArrayList<>();
        regexps.match(sendable(text), (want, captures) -> {
            if (only == null || only == want.peer()) {
                deliveries.add(new Delivery(want, captures));
            }
        });
        return deliveries.isEmpty() || handOver(deliveries) ? deliveries.size() : 0;
    }

    /** Runs {@code task} on the loop and waits for it. */
    void run(Runnable task) {
        onLoop(() -> {
            task.run();
            return true;
        });
    }

    CompletableFuture<Duration> ping(IvyPeer peer) {
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        run(() -> events.ping(peer, answer));
        return answer;
    }

    void later(Duration delay, Runnable task) {
        loop.schedule(delay, task);
    }

    private boolean handOver(List<Delivery> deliveries) {
        if (loop.inLoop()) {
            deliveries.forEach(Delivery::send);
            return true;
        }
        room.acquireUninterruptibly();
        boolean taken = tryOnLoop(() -> {
            deliveries.forEach(Delivery::send);
            room.release();
        });
        if (!taken) {
            room.release();
        }
        return taken;
    }

    /** False if the agent has left, and with it its loop. */
    private boolean tryOnLoop(Runnable task) {
        if (closed.get()) {
            return false;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void reading(boolean on) {
        mesh.reading(on);
    }

    private <T> T onLoop(Supplier<T> task) {
        if (closed.get()) {
            throw new IllegalStateException("the Ivy agent '" + name + "' is closed");
        }
        try {
            return CompletableFuture.supplyAsync(task, loop).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void release() {
        loops.close();
        // The last callback of all: what was told before it is still heard.
        ownExecutor.ifPresent(own -> callbacks.tell(own::shutdown));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "ivy-callbacks");
        thread.setDaemon(true);
        return thread;
    }

    /** One text on its way to one subscription. */
    private record Delivery(PeerRegexps.Want want, Captures captures) {
        void send() {
            want.peer().send(want.id(), captures);
        }
    }
}

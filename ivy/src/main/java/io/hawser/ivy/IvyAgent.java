package io.hawser.ivy;

import io.hawser.ivy.engine.IvyCount;
import io.hawser.ivy.engine.IvyMesh;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.IvyPeer;
import io.hawser.net.Loop;
import io.hawser.net.Loops;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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

    private final String name;
    private final String domain;
    private final Loops loops;
    private final Loop loop;
    private final IvyMesh mesh;
    private final AgentEvents events;
    private final Callbacks callbacks;
    private final Speaker speaker;
    private final IvyNewlines newlines;
    private final Bindings bindings;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Optional<ExecutorService> ownExecutor;

    private IvyAgent(IvyAgentBuilder wishes) {
        IvyOptions options = wishes.options();
        this.name = options.name();
        this.domain = options.domain().toString();
        this.ownExecutor = wishes.executor().isPresent()
                ? Optional.empty()
                : Optional.of(Executors.newSingleThreadExecutor(IvyAgent::daemon));
        Executor executor =
                ownExecutor.<Executor>map(own -> own).or(wishes::executor).orElseThrow();
        this.loops = Loops.start(1, "ivy");
        this.loop = loops.next();
        this.newlines = wishes.newlines();
        this.callbacks = new Callbacks(executor, () -> reading(false), () -> post(() -> reading(true)));
        this.events = new AgentEvents(this, wishes, callbacks, loop);
        this.speaker = new Speaker(loop, this::post, events);
        this.mesh = new IvyMesh(loop, options, events);
        this.bindings = new Bindings(mesh, wishes.hearsItself() ? Optional.of(events.self()) : Optional.empty());
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
            agent.run(() -> wishes.bindings().forEach(agent.bindings::add));
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

    /** The bus that we are on, in the form that {@link IvyAgentBuilder#domain} reads, with all four bytes of each network. */
    public String domain() {
        return domain;
    }

    /** Everybody who is there, in the order of joining; nobody after the end. A copy. */
    public List<IvyClient> clients() {
        return events.clients();
    }

    /** Those called {@code name}, in the order of joining: names are not unique. A copy. */
    public List<IvyClient> clients(String name) {
        return clients().stream().filter(client -> client.name().equals(name)).toList();
    }

    /** The first of those called {@code name}. */
    public Optional<IvyClient> client(String name) {
        return clients(name).stream().findFirst();
    }

    /** Ourselves among the agents; not one of {@link #clients()}. */
    public IvyClient self() {
        return events.self();
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
     * <p>{@code (?Imin#max)} in it stands for the numbers from min to max, {@code (?Imin#maxi)} for the integers, as in ivy-c
     * ({@code specs/ivy.md} 1.13).
     *
     * @return the id of the subscription
     * @throws IllegalArgumentException if {@code regexp} holds LF or NUL, is too long, or has a wrong interval
     * @throws IllegalStateException after the end
     */
    public int bind(String regexp, IvyTextHandler handler) {
        return onLoop(() -> bindings.add(new Bindings.Binding(regexp, handler, false)));
    }

    /** As {@link #bind}, for the first text alone, whoever sends it: then the subscription is taken back. */
    public int bindOnce(String regexp, IvyTextHandler handler) {
        return onLoop(() -> bindings.add(new Bindings.Binding(regexp, handler, true)));
    }

    /**
     * Gives a subscription another regexp. Others see the old one taken back and a new one, at once: originals differ in what
     * they make of an id that comes again ({@code specs/ivy.md} 1.9). A text that is on its way for the old one is not heard.
     *
     * @return the new id of the subscription
     * @throws IllegalArgumentException if there is no subscription {@code id}, or as {@link #bind}; nothing has changed then
     * @throws IllegalStateException after the end
     */
    public int rebind(int id, String regexp) {
        return onLoop(() -> bindings.replace(id, regexp));
    }

    /**
     * Takes a subscription back; its handler is not called any more.
     *
     * @return its regexp
     * @throws IllegalArgumentException if there is no subscription {@code id}; one for a single text has ended with it
     * @throws IllegalStateException after the end
     */
    public String unbind(int id) {
        return onLoop(() -> bindings.remove(id).regexp());
    }

    /** What we want now: our regexps by id. A copy. */
    public Map<Integer, String> bindings() {
        return bindings.regexps();
    }

    /**
     * Sends {@code text} to everybody who wants it. Matching is done here and now, sending follows; texts of one thread
     * arrive in order. Waits if very much is still to be sent. What becomes of it for an agent that reads too slowly
     * is the matter of {@link IvyOverflow}; what is lost is counted by {@link IvyCount#TEXTS_DROPPED}.
     *
     * @return whom it has reached; nobody after the end
     * @throws IllegalArgumentException if {@code text} holds NUL, or LF without {@link IvyNewlines#ESCAPE}
     */
    public IvyReach send(String text) {
        return speaker.toAll(newlines.outgoing(text));
    }

    /**
     * The next text that matches {@code regexp}, whoever sends it. Cancel it when it is not wanted any more.
     *
     * @return completed on the callback executor, so never wait for it in a callback; fails with a TimeoutException if there
     *     is none within {@code timeout}, or when the agent is closed
     * @throws IllegalArgumentException as {@link #bind}
     * @throws IllegalStateException after the end
     */
    public CompletableFuture<IvyText> waitForText(String regexp, Duration timeout) {
        CompletableFuture<IvyText> answer = new CompletableFuture<>();
        int id = onLoop(() -> {
            IvyTextHandler handler = (client, args) -> answer.complete(new IvyText(client, args));
            int binding = bindings.add(new Bindings.Binding(regexp, handler, true));
            events.waits().add(answer, timeout, "no text matched '" + regexp + "' within " + timeout);
            return binding;
        });
        answer.whenComplete((text, failure) -> post(() -> bindings.release(id)));
        return answer;
    }

    /**
     * An agent called {@code name}: one that is there, or the next to join. Cancel it when it is not wanted any more.
     *
     * @return completed on the callback executor, so never wait for it in a callback; fails with a TimeoutException if there
     *     is none within {@code timeout}, or when the agent is closed
     * @throws IllegalStateException after the end
     */
    public CompletableFuture<IvyClient> waitForClient(String name, Duration timeout) {
        CompletableFuture<IvyClient> answer = new CompletableFuture<>();
        run(() -> events.await(answer, name, timeout));
        return answer;
    }

    /**
     * Calls {@code task} every {@code delay}, first after one, until the timer is cancelled or the agent closed.
     *
     * @throws IllegalStateException after the end
     */
    public IvyTimer every(Duration delay, Runnable task) {
        return started(new IvyTimer(this, -1, delay, task));
    }

    /**
     * As {@link #every}, but only so many times.
     *
     * @throws IllegalArgumentException if {@code times} is not positive
     * @throws IllegalStateException after the end
     */
    public IvyTimer repeat(int times, Duration delay, Runnable task) {
        if (times < 1) {
            throw new IllegalArgumentException("a timer is repeated at least once, not " + times + " times");
        }
        return started(new IvyTimer(this, times, delay, task));
    }

    /** Says goodbye to everybody and leaves the bus. Returns when its ports are free. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            events.outflow().end();
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

    /** Sends to {@code only}. */
    int send(String text, IvyPeer only) {
        return speaker.to(only, newlines.outgoing(text));
    }

    int sendToSelf(String text) {
        return speaker.toSelf(newlines.outgoing(text));
    }

    /** Where we listen. */
    InetSocketAddress address() {
        return mesh.address();
    }

    Bindings ours() {
        return bindings;
    }

    void tally(IvyCount what) {
        mesh.tally(what);
    }

    /** True if {@code peer} has not left. On the loop. */
    boolean isThere(IvyPeer peer) {
        return events.isThere(peer);
    }

    /** Calls {@code call} on the callback executor. On the loop. */
    void tell(Runnable call) {
        callbacks.tell(call);
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

    Loop.Timer later(Duration delay, Runnable task) {
        return loop.schedule(delay, task);
    }

    /** False if the agent has left, and with it its loop. */
    boolean post(Runnable task) {
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

    private IvyTimer started(IvyTimer timer) {
        run(timer::schedule);
        return timer;
    }

    private void reading(boolean on) {
        mesh.reading(on);
    }

    private <T> T onLoop(Supplier<T> task) {
        if (closed.get()) {
            throw new IllegalStateException("the Ivy agent '" + name + "' is closed");
        }
        if (loop.inLoop()) {
            return task.get();
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
}

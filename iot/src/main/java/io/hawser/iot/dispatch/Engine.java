package io.hawser.iot.dispatch;

import io.hawser.core.value.Fields;
import io.hawser.iot.dispatch.DispatchException.Reason;
import io.hawser.iot.dispatch.pace.Failures;
import io.hawser.iot.dispatch.pace.FibonacciWait;
import io.hawser.iot.dispatch.request.Answer;
import io.hawser.iot.dispatch.request.ConnectivityTest;
import io.hawser.iot.dispatch.request.Incoming;
import io.hawser.iot.dispatch.request.RequestDesk;
import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotMessage;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one dispatcher, and how they are joined: what comes from any thread is posted to the loop that owns them. */
final class Engine implements Transmitter.Traffic, RequestDesk.Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final Duration BETWEEN_LOOKS_AT_AGES = Duration.ofMinutes(10);

    private final String endpointId;
    private final DispatcherOptions options;
    private final Surroundings surroundings;
    private final Loop loop;
    private final QueueRoom room;
    private final Intake intake;
    private final Callbacks callbacks;
    private final Endings endings;
    private final Keeping keeping;
    private final Contents contents = new Contents();
    private final Counters counters = new Counters();
    private final RequestDispatcher requests = new RequestDispatcher();
    private final RequestDesk desk;
    private final Transmitter transmitter;
    private final Receiver receiver;
    private final ConnectivityTest test;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean paused;
    private volatile Duration pollingInterval;

    Engine(String endpointId, MessageLink link, DispatcherOptions options, Surroundings surroundings) {
        this.endpointId = endpointId;
        this.options = options;
        this.surroundings = surroundings;
        this.loop = surroundings.loop();
        this.pollingInterval = options.pollingInterval();
        this.room = new QueueRoom(options.maxQueueSize(), options.maxQueueBytes());
        this.intake = new Intake(endpointId, options, room, surroundings);
        this.callbacks = new Callbacks(surroundings.callbacks());
        this.endings = new Endings(room, callbacks, options.file());
        this.keeping = new Keeping(endpointId, options.file(), room, endings);
        this.desk = new RequestDesk(requests, loop, surroundings.handlers(), this);
        this.transmitter = new Transmitter(endpointId, loop, link, options, waits(), contents, endings, counters, this);
        this.receiver = new Receiver(loop, link, options, waits(), counters, this::arrived);
        this.test = new ConnectivityTest(loop, this::sendTest);
    }

    // ---- what the program asks, on any thread ----

    void start(MessageDispatcher dispatcher) {
        Resources resources = new Resources(
                dispatcher,
                request -> Answer.json(200, options.info().get()),
                request -> test.state(),
                request -> test.change(Resources.body(request)));
        resources.register(requests, endpointId);
        keeping.left().whenComplete((found, failure) -> post(() -> keeping.takeUp(found, transmitter::addEarlier)));
        intake.force(List.of(resources.report(intake.head())));
        loop.execute(() -> {
            desk.start(options.settleTime());
            receiver.start();
            lookAtAges();
        });
        wake();
    }

    List<Receipt> queue(List<? extends IotMessage> messages, Set<String> contentIds) {
        if (closed.get()) {
            throw new IllegalStateException("the dispatcher is closed; open another one");
        }
        List<Outgoing> entries = intake.take(messages, contentIds);
        wake();
        return List.copyOf(entries);
    }

    CompletableFuture<List<Receipt>> offer(List<? extends IotMessage> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("no messages to offer");
        }
        List<IotMessage> offered = List.copyOf(messages);
        CompletableFuture<List<Receipt>> told = new CompletableFuture<>();
        Failures.caught(() -> options.filter().offered(offered)).whenComplete((filtered, failure) -> {
            if (failure != null) {
                Throwable cause = Failures.cause(failure);
                endings.refused(offered, cause, told);
                return;
            }
            try {
                List<Receipt> receipts = filtered.isEmpty() ? List.of() : queue(filtered, Set.of());
                callbacks.tell(() -> told.complete(receipts));
            } catch (RuntimeException refused) {
                endings.refused(offered, refused, told);
            }
        });
        return told;
    }

    void pump() {
        post(transmitter::pump);
    }

    /** Until this is known on the loop all that speaks of {@code content} waits, so nothing of it can slip through. */
    void contentFailed(String content, Throwable cause) {
        // What was queued before is in the transmitter's queue by then.
        post(() -> {
            drain();
            contents.failed(content, cause);
            transmitter.contentFailed();
        });
    }

    void pollingInterval(Duration between) {
        pollingInterval = between;
        post(() -> receiver.interval(between));
    }

    Duration pollingInterval() {
        return pollingInterval;
    }

    void pause(boolean reconnecting) {
        paused = reconnecting;
        post(() -> {
            transmitter.pause(reconnecting);
            if (reconnecting) {
                receiver.stop();
            } else if (!closed.get()) {
                receiver.start();
            }
        });
    }

    boolean isPaused() {
        return paused;
    }

    boolean isClosed() {
        return closed.get();
    }

    boolean mustNotWait() {
        return loop.inLoop() || callbacks.inside();
    }

    CompletableFuture<Void> close() {
        if (closed.compareAndSet(false, true)) {
            post(this::flush);
        }
        return end.copy();
    }

    Endings endings() {
        return endings;
    }

    Contents contents() {
        return contents;
    }

    Counters counters() {
        return counters;
    }

    QueueRoom room() {
        return room;
    }

    RequestDispatcher requests() {
        return requests;
    }

    // ---- on the loop ----

    @Override
    public int acceptBytes() {
        return receiver.acceptBytes();
    }

    @Override
    public void answered(List<IotMessage.Request> back) {
        arrived(back);
        receiver.sent(!back.isEmpty());
    }

    @Override
    public void ended() {
        closed.set(true);
        receiver.stop();
        test.stop();
        drain();
        keeping.flush().whenComplete((done, failure) -> callbacks.tell(() -> end.complete(null)));
    }

    @Override
    public void handed(Incoming request) {
        receiver.open(request.bytes());
    }

    @Override
    public void answered(Incoming incoming, Answer answer) {
        IotMessage.Request request = incoming.request();
        IotMessage.Response response = new IotMessage.Response(
                intake.head()
                        .between(request.head().destination(), request.head().source()),
                answer.status(),
                request.head().id(),
                "",
                answer.headers(),
                answer.body());
        intake.force(List.of(response))
                .get(0)
                .delivered()
                .whenComplete((done, failure) -> post(() -> receiver.closed(incoming.bytes())));
        drain();
    }

    private void arrived(List<IotMessage.Request> come) {
        long bytes = 0;
        for (IotMessage.Request request : come) {
            Incoming incoming = new Incoming(request, Intake.size(request));
            bytes += incoming.bytes();
            desk.take(incoming);
        }
        counters.received(come.size(), bytes);
    }

    private void drain() {
        woken.set(false);
        intake.drain(this::enter);
    }

    private void enter(List<Outgoing> entries) {
        entries.forEach(keeping::keep);
        List<Outgoing> outward = entries;
        if (entries.stream().anyMatch(Engine::staysHere)) {
            outward = entries.stream().filter(each -> !staysHere(each)).toList();
            entries.stream().filter(Engine::staysHere).forEach(this::turnRound);
        }
        transmitter.add(outward);
    }

    /** A device that asks itself, as its policies do, is not asked by way of the server ({@code specs/iot.md} 3.1). */
    private static boolean staysHere(Outgoing entry) {
        String source = entry.message().head().source();
        return switch (entry.message().type()) {
            case REQUEST, RESPONSE ->
                !source.isEmpty() && source.equals(entry.message().head().destination());
            case DATA, ALERT, RESOURCES_REPORT -> false;
        };
    }

    private void turnRound(Outgoing entry) {
        endings.passed(List.of(entry));
        if (entry.message() instanceof IotMessage.Request request) {
            desk.take(new Incoming(request, entry.bytes()));
        }
    }

    private void lookAtAges() {
        loop.schedule(BETWEEN_LOOKS_AT_AGES, () -> {
            if (!closed.get()) {
                transmitter.giveUp(keeping::isTooOld, Keeping.tooOld());
                lookAtAges();
            }
        });
    }

    private void flush() {
        receiver.stop();
        loop.schedule(
                options.closeTimeout(),
                () -> transmitter.end(DispatchException.of(
                        Reason.CLOSED, "the dispatcher was closed, and there was no more time to send the message")));
        Failures.caught(options.filter()::flush)
                .whenComplete((messages, failure) -> post(() -> {
                    if (failure != null) {
                        LOG.warn(
                                "what policies held back is lost: {}",
                                Failures.cause(failure).getMessage());
                    } else if (!messages.isEmpty()) {
                        intake.force(messages);
                    }
                    drain();
                    transmitter.close();
                }));
    }

    private void sendTest(Fields items) {
        try {
            queue(List.of(new IotMessage.Data(intake.head(), ConnectivityTest.FORMAT, items)), Set.of());
        } catch (IllegalStateException fullOrClosed) {
            LOG.debug("a test message was skipped: {}", fullOrClosed.getMessage());
        }
    }

    private FibonacciWait waits() {
        return new FibonacciWait(options.backoff(), options.jitter(), surroundings.random());
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            post(this::drain);
        }
    }

    /** A loop that has ended takes nothing more; then what has come ends here. */
    private void post(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            closed.set(true);
            intake.drain(entries ->
                    endings.left(entries, DispatchException.of(Reason.CLOSED, "the loop of the dispatcher has ended")));
            end.complete(null);
        }
    }
}

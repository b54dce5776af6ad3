package io.hawser.iot.dispatch;

import io.hawser.iot.dispatch.request.RequestDispatcher;
import io.hawser.iot.link.MessageLink;
import io.hawser.iot.wire.IotMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a program's messages to the server, the urgent ones first, in calls of many messages, again and again if need be, and the
 * server's requests to the program. Every method may be called from any thread, callbacks too.
 *
 * <pre>{@code
 * MessageDispatcher dispatcher = MessageDispatcher.open(endpointId, link, DispatcherOptions.defaults(), surroundings);
 * dispatcher.onError((messages, cause) -> System.err.println(messages.size() + " lost: " + cause));
 * dispatcher.queue(data).delivered().thenRun(() -> System.out.println("the server has it"));
 * }</pre>
 *
 * <p>What {@link #queue} took is not lost: it is delivered, or reported to {@link #onError} with the cause, or, with guaranteed
 * delivery and {@link DispatcherOptions#file}, left on disk for the next dispatcher of the same endpoint. The server may get a
 * message twice if its answer was lost; it knows it by its client id, which each message is given.
 *
 * <p>Within one priority messages leave in the order of queueing; one that the server refuses, or that waits for a content, is
 * overtaken. State belongs to the loop of the {@link Surroundings}; callbacks run, and futures complete, on their callback
 * executor, one after another.
 */
public final class MessageDispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MessageDispatcher.class);
    /** What callbacks may take after the last message has ended. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Engine engine;
    private final DispatcherOptions options;

    private MessageDispatcher(
            String endpointId, MessageLink link, DispatcherOptions options, Surroundings surroundings) {
        this.options = options;
        this.engine = new Engine(endpointId, link, options, surroundings);
    }

    /**
     * A dispatcher that works from now on: it takes up what lies on disk for {@code endpointId}, tells the server of its resources, and
     * listens to requests.
     */
    public static MessageDispatcher open(
            String endpointId, MessageLink link, DispatcherOptions options, Surroundings surroundings) {
        MessageDispatcher dispatcher = new MessageDispatcher(endpointId, link, options, surroundings);
        dispatcher.engine.start(dispatcher);
        return dispatcher;
    }

    // ---- messages ----

    /** {@link #queue(List)} for one message. */
    public Receipt queue(IotMessage message) {
        return queue(List.of(message)).get(0);
    }

    /**
     * Queues all of {@code messages}, or none of them.
     *
     * @return their receipts, in the same order
     * @throws IllegalArgumentException if there are none, or one of them cannot be written as JSON
     * @throws QueueFullException if there is no room for all of them
     * @throws IllegalStateException if the dispatcher is closed
     */
    public List<Receipt> queue(List<? extends IotMessage> messages) {
        return queue(messages, Set.of());
    }

    /**
     * The same, but they leave only when {@code contents} are stored. A content that nobody {@linkplain #await awaits} counts as
     * stored. Messages found on disk by the next dispatcher do not wait any more.
     */
    public List<Receipt> queue(List<? extends IotMessage> messages, Set<String> contents) {
        return engine.queue(messages, contents);
    }

    /**
     * Queues what the {@linkplain DispatcherOptions#filter policies} make of {@code messages}.
     *
     * @return the receipts of what was queued, none if it is held back; fails as {@link #queue(List)} throws, or as the policies
     *     fail; {@link #onError} is told too, with {@code messages}
     * @throws IllegalArgumentException if there are none
     */
    public CompletableFuture<List<Receipt>> offer(List<? extends IotMessage> messages) {
        return engine.offer(messages);
    }

    /** Tells {@code callback} of messages that the server has accepted, in the place of whoever was told. */
    public void onDelivery(DeliveryCallback callback) {
        engine.endings().onDelivery(callback);
    }

    /** Tells nobody of messages that the server has accepted. */
    public void onDelivery() {
        onDelivery(messages -> {});
    }

    /** Tells {@code callback} of messages that could not be delivered, in the place of whoever was told. */
    public void onError(ErrorCallback callback) {
        engine.endings().onError(callback);
    }

    /** Tells nobody of messages that could not be delivered. */
    public void onError() {
        onError((messages, cause) -> {});
    }

    // ---- contents ----

    /** {@code content} is being stored: messages that speak of it wait from now on. */
    public void await(String content) {
        engine.contents().await(content);
    }

    /** {@code content} is stored: messages that wait for it may leave. */
    public void arrived(String content) {
        engine.contents().arrived(content);
        engine.pump();
    }

    /** {@code content} could not be stored: messages that speak of it fail, until it is {@linkplain #await awaited} again. */
    public void failed(String content, Throwable cause) {
        engine.contentFailed(content, cause);
    }

    // ---- requests ----

    /** Who answers requests of the server. */
    public RequestDispatcher requests() {
        return engine.requests();
    }

    /** How often the server is asked for requests without long polling; zero: only after sending. */
    public Duration pollingInterval() {
        return engine.pollingInterval();
    }

    /**
     * Changes it.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public void pollingInterval(Duration between) {
        if (between.isNegative()) {
            throw new IllegalArgumentException("an interval cannot be negative: " + between);
        }
        engine.pollingInterval(between);
    }

    // ---- how it stands ----

    /** Messages that are queued, on their way, or not yet told to have ended. */
    public int queueSize() {
        return engine.room().count();
    }

    /** How many more messages may be queued. */
    public int queueCapacity() {
        return engine.room().capacity();
    }

    /** What has been done since the start or the last {@link #resetCounters}. */
    public DispatcherCounters counters() {
        return engine.counters().snapshot(engine.room().load());
    }

    /** Begins to count anew. */
    public void resetCounters() {
        engine.counters().reset();
    }

    /** Whether the program reconnects, and nothing is sent or asked. */
    public boolean waitOnReconnect() {
        return engine.isPaused();
    }

    /** {@code true}: nothing is sent or asked, as the program reconnects; {@code false}: it has, and everything goes on at once. */
    public void waitOnReconnect(boolean reconnecting) {
        engine.pause(reconnecting);
    }

    // ---- the end ----

    /** True as soon as {@link #close} is called. */
    public boolean isClosed() {
        return engine.isClosed();
    }

    /**
     * Ends the dispatcher: nothing more is taken; what policies hold back is queued, and everything is sent, but only for
     * {@link DispatcherOptions#closeTimeout} and until a call fails. Then whatever is left ends, as {@link Receipt#delivered}
     * says.
     *
     * @return completes when all callbacks were told and all is on disk; always the same
     */
    public CompletableFuture<Void> closeAsync() {
        return engine.close();
    }

    /** {@link #closeAsync}, and waits for it; but not on the loop or in a callback, and hardly longer than the time-out. */
    @Override
    public void close() {
        CompletableFuture<Void> end = closeAsync();
        if (engine.mustNotWait()) {
            return;
        }
        try {
            end.get(options.closeTimeout().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException late) {
            LOG.warn("the dispatcher is closed, but callbacks are still running");
        } catch (ExecutionException failed) {
            LOG.warn("the dispatcher is closed, but not everything was told", failed.getCause());
        }
    }
}

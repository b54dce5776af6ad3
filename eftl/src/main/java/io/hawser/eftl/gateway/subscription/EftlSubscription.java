package io.hawser.eftl.gateway.subscription;

import io.hawser.core.route.Subscription;
import io.hawser.core.store.durable.DurableConsumer;
import io.hawser.eftl.gateway.kept.DurableSeat;
import io.hawser.eftl.gateway.party.Event;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.DurableType;
import io.hawser.eftl.wire.EventHead;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of one session. Events flow while its client has asked for it on the connection it has now, was told that
 * it stands, and has not stopped it. Owner: the session's.
 */
final class EftlSubscription {
    private final ClientFrame.Subscribe frame;
    private final EventHead head;
    private final AckMode ack;
    private final Backlog backlog;
    private @Nullable Subscription asked;
    private @Nullable DurableSeat seat;
    private @Nullable DurableConsumer consumer;
    /** The conductor, and for a durable the store, have it. */
    private boolean stands;

    private boolean wanted = true;
    private boolean told;
    private boolean stopped;
    private boolean ended;
    private int term;

    /**
     * What {@code frame} asks for, acknowledged as {@code asked}; what a last-value durable hands out is not acknowledged
     * ({@code specs/eftl.md} 4).
     */
    EftlSubscription(ClientFrame.Subscribe frame, AckMode asked, Room room) {
        this.frame = frame;
        this.head = EventHead.of(frame.id());
        this.ack = frame.durable().isPresent() && frame.type() == DurableType.LAST_VALUE ? AckMode.NONE : asked;
        this.stopped = frame.stopped();
        this.backlog = new Backlog(room, ack, frame.durable().isPresent());
    }

    String id() {
        return frame.id();
    }

    EventHead head() {
        return head;
    }

    AckMode ack() {
        return ack;
    }

    /** What it asks for, for people. */
    String wish() {
        return frame.id() + ": " + (frame.matcher().isEmpty() ? "everything" : frame.matcher())
                + frame.regexp().map(regexp -> " regexp " + regexp).orElse("")
                + frame.durable().map(durable -> " durable " + durable).orElse("");
    }

    Backlog backlog() {
        return backlog;
    }

    /** True if {@code other} asks for what this one is; whether it is stopped may differ. */
    boolean answersTo(ClientFrame.Subscribe other) {
        return frame.matcher().equals(other.matcher())
                && frame.durable().equals(other.durable())
                && frame.ack() == other.ack()
                && frame.type() == other.type()
                && frame.key().equals(other.key())
                && frame.regexp().equals(other.regexp())
                && frame.feed().equals(other.feed());
    }

    /** What the conductor was asked for. */
    Optional<Subscription> asked() {
        return Optional.ofNullable(asked);
    }

    void ask(Subscription subscription) {
        asked = subscription;
    }

    /** It has {@code taken} among those that share its durable. */
    void share(DurableSeat taken) {
        seat = taken;
    }

    /** True if others share its durable. */
    boolean shared() {
        return seat != null;
    }

    /** Gives its place among others up, if it has one; with {@code delete} its durable goes with the last one. */
    boolean leave(boolean delete) {
        if (seat == null) {
            return false;
        }
        seat.leave(delete);
        return true;
    }

    /** From now on events come from {@code durable}, at first up to {@code window}. */
    void consume(DurableConsumer durable, int window) {
        consumer = durable;
        durable.request(window);
    }

    /** True if its durable must hand out again, or for the first time. */
    boolean lacksEvents() {
        return consumer == null || backlog.gaps();
    }

    /** The number of another consumer; what an earlier one still says is nobody's any more. */
    int newTerm() {
        return ++term;
    }

    boolean inTerm(int number) {
        return term == number && !ended;
    }

    /** What is not acknowledged goes back to the durable. */
    void consumeNoMore() {
        term++;
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
        backlog.clear();
    }

    void stand() {
        stands = true;
    }

    /** True the first time on a connection: the client must be told of the subscription before its first event. */
    boolean tell() {
        boolean first = wanted && stands && !told;
        told |= first;
        return first;
    }

    /** The connection is gone. What others can have goes back to the durable. */
    void away() {
        wanted = false;
        told = false;
        if (seat != null) {
            consumeNoMore();
        }
    }

    /** The client asks for it again, on another connection. */
    void want(boolean stop) {
        wanted = true;
        stopped = stop;
    }

    /** False from the end of a connection until the client asks for it again. */
    boolean wanted() {
        return wanted;
    }

    void stop(boolean on) {
        stopped = on;
    }

    boolean stopped() {
        return stopped;
    }

    boolean flows() {
        return told && !stopped && !ended;
    }

    boolean ended() {
        return ended;
    }

    /** Nothing more is sent to it. */
    void end() {
        ended = true;
        consumeNoMore();
    }

    /** The store waits for these no more: others may come in their place. */
    void withdraw(List<Long> storeIds) {
        int less = backlog.withdraw(Set.copyOf(storeIds));
        if (consumer != null && less > 0) {
            consumer.request(less);
        }
    }

    /** These are done with, and the durable may hand out as many more. */
    void done(List<Event> events) {
        if (consumer != null && !events.isEmpty()) {
            consumer.acknowledge(events.stream().map(Event::storeId).toList());
            consumer.request(events.size());
        }
    }
}

package io.hawser.eftl.engine;

import io.hawser.eftl.wire.ClientFrame.AckMode;
import io.hawser.eftl.wire.ClientFrame.Feed;
import io.hawser.eftl.wire.ClientFrame.Subscribe;
import io.hawser.eftl.wire.ServerFrame;
import java.util.OptionalLong;

/** One subscription as the client's engine knows it; it outlives connections. Owner: the loop, but for {@link #id}. */
public final class ClientSubscription {
    private enum Flow {
        STARTED,
        STOPPED,
        /** The server has been asked to go on; what comes before its answer is for a client that did not want it. */
        STARTING
    }

    private enum Standing {
        /** The server has been asked and has not answered. */
        ASKED,
        CONFIRMED,
        REFUSED
    }

    private enum Leaving {
        NO,
        KEEPING_DURABLE,
        DELETING_DURABLE
    }

    private final Subscribe wish;
    private final SubscriptionEvents events;
    private Flow flow;
    private Leaving leaving = Leaving.NO;
    private Standing standing = Standing.ASKED;
    private boolean everConfirmed;
    private long lastSeq;
    private long handled;
    private boolean acknowledging;
    /** Up to where it has read what the server keeps; nothing if that is not known, or it does not. */
    private OptionalLong reached = OptionalLong.empty();

    /** A subscription that the server has not heard of; {@code wish} has an id that no other one of its client has. */
    public ClientSubscription(Subscribe wish, SubscriptionEvents events) {
        this.wish = wish;
        this.events = events;
        this.flow = wish.stopped() ? Flow.STOPPED : Flow.STARTED;
    }

    /** Its name on the wire. Callable from any thread. */
    public String id() {
        return wish.id();
    }

    SubscriptionEvents events() {
        return events;
    }

    boolean acknowledgesByItself() {
        return wish.ack() == AckMode.AUTO;
    }

    boolean acknowledgedByProgram() {
        return wish.ack() == AckMode.CLIENT;
    }

    /** What to ask the server for, now; its answer is awaited from here on. */
    Subscribe ask() {
        standing = Standing.ASKED;
        return new Subscribe(
                wish.id(),
                wish.matcher(),
                wish.durable(),
                wish.ack(),
                wish.type(),
                wish.key(),
                flow == Flow.STOPPED,
                wish.regexp(),
                wish.feed().map(this::fromHere));
    }

    // ---- reading what the server keeps ----

    boolean readsWhatIsKept() {
        return wish.feed().isPresent();
    }

    private Feed fromHere(Feed feed) {
        return new Feed(feed.map(), feed.prefix(), reached.isPresent() ? reached : feed.since());
    }

    /** The server says where it begins. */
    void begins(OptionalLong since) {
        reached = reached.isPresent() ? reached : since;
    }

    /** What {@code event} tells need not be told again. */
    void reached(ServerFrame.Event event) {
        long at = event.change().map(ServerFrame.Change::revision).orElse(event.storeId());
        if (at > 0) {
            reached = OptionalLong.of(at);
        }
    }

    // ---- numbers ({@code specs/eftl.md} 1.5) ----

    /** True if the event {@code seq} is to be passed on: it was not here before, and nobody stopped it. */
    boolean takes(long seq) {
        if (flow != Flow.STARTED || seq <= lastSeq) {
            return false;
        }
        lastSeq = seq;
        return true;
    }

    /** Says whether events without a number are to be passed on. */
    boolean isStarted() {
        return flow == Flow.STARTED;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** True if the program is through with the event {@code seq}. */
    boolean hasHandled(long seq) {
        return seq <= handled;
    }

    /** The program is through with the event {@code seq}. True if nobody is about to acknowledge yet. */
    boolean handled(long seq) {
        handled = Math.max(handled, seq);
        boolean first = !acknowledging;
        acknowledging = true;
        return first;
    }

    /** The highest event that the program is through with, to be acknowledged now. */
    long acknowledge() {
        acknowledging = false;
        return handled;
    }

    /** The server numbers anew. */
    void renumber() {
        lastSeq = 0;
        handled = 0;
    }

    // ---- standing ----

    /** True if the server has confirmed it once, so that its program holds it. */
    boolean wasConfirmed() {
        return everConfirmed;
    }

    /** The server confirms it; if it was about to start, it has. False if nobody has asked. */
    boolean confirm() {
        boolean news = standing == Standing.ASKED;
        standing = Standing.CONFIRMED;
        everConfirmed = true;
        started();
        return news;
    }

    /** The server refuses it or takes it away. False if it was refused before. */
    boolean refuse() {
        boolean news = standing != Standing.REFUSED;
        standing = Standing.REFUSED;
        return news;
    }

    // ---- stop and start ({@code specs/eftl.md} 1.14) ----

    /** False if it was stopped before. */
    boolean stop() {
        boolean ran = flow != Flow.STOPPED;
        flow = Flow.STOPPED;
        return ran;
    }

    /** False if it was not stopped. */
    boolean start() {
        boolean stood = flow == Flow.STOPPED;
        flow = stood ? Flow.STARTING : flow;
        return stood;
    }

    void started() {
        flow = flow == Flow.STARTING ? Flow.STARTED : flow;
    }

    // ---- the end, while there is no connection to tell it ----

    void leave(boolean delete) {
        leaving = delete ? Leaving.DELETING_DURABLE : Leaving.KEEPING_DURABLE;
    }

    boolean isLeaving() {
        return leaving != Leaving.NO;
    }

    /** True if its durable has to go with it. */
    boolean takesDurableAlong() {
        return leaving == Leaving.DELETING_DURABLE && wish.durable().isPresent();
    }
}

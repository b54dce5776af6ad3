package io.hawser.core.trace;

import io.hawser.core.message.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens to the messages that somebody asked for, until its time is over: the newest {@value #EVENTS} events. Callable from
 * any thread; it is used only while somebody looks, so its lock is no cost on a message's usual way.
 */
public final class Trace {
    /** So many events are kept; who asks too seldom misses the older ones, and can count them. */
    public static final int EVENTS = 1_000;

    private final String id;
    private final Instant until;
    private final Predicate<Message> messages;
    private final Predicate<String> parties;
    private final Deque<TraceEvent> events = new ArrayDeque<>();
    private long last;

    /**
     * Nothing has happened yet.
     *
     * @param messages what it is about, whoever hears it
     * @param parties who it is about, by the name in its protocol: what it says and what it hears
     */
    Trace(String id, Instant until, Predicate<Message> messages, Predicate<String> parties) {
        this.id = id;
        this.until = until;
        this.messages = messages;
        this.parties = parties;
    }

    /** What it is called. */
    public String id() {
        return id;
    }

    /** When it ends by itself. */
    public Instant until() {
        return until;
    }

    synchronized void note(Instant now, TraceStep step, Message message, String to, String detail) {
        boolean mine = messages.test(message)
                || parties.test(message.headers().source().party())
                || (!to.isEmpty() && parties.test(to));
        if (!mine || !now.isBefore(until)) {
            return;
        }
        if (events.size() == EVENTS) {
            events.removeFirst();
        }
        String from = message.headers().source().toString();
        events.addLast(new TraceEvent(++last, now, step, message.topic().text(), from, to, message.weight(), detail));
    }

    /** What is kept of what happened after the event {@code number}, the oldest first. */
    public synchronized List<TraceEvent> after(long number) {
        return events.stream().filter(event -> event.number() > number).toList();
    }
}

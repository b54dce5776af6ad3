package io.hawser.eftl.gateway.operation;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Owner;
import io.hawser.core.session.Session;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.party.Alarm;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client that wait for their reply ({@code specs/eftl.md} 1.12). Owner: the session's.
 *
 * <p>Replies are messages on a topic that nobody can guess, confined to a channel of the same name; the session subscribes to
 * it with its first request. The number of the request is its correlation. The first reply wins; without one the request
 * fails after a time, so that what waits is bounded.
 */
public final class Requests {
    /** How the inboxes of all sessions begin. */
    public static final String INBOX = "reply/";

    private static final int MAX_WAITING = 1_000;

    private final Bus bus;
    private final Owner owner;
    private final Alarm alarm;
    private final Duration timeout;
    private final String inbox;
    private final Session<String> session;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private @Nullable LiveSubscription<String> subscription;
    private boolean subscribed;

    /** What a request becomes. */
    interface Outcome {
        /** Somebody answered with {@code reply}. */
        void answered(Message reply);

        /** Nobody did, and this is why. */
        void failed(String reason);

        /** Access rules do not allow it, and this is why. */
        void refused(String reason);
    }

    private record Waiting(Outcome outcome, Loop.Timer timer) {}

    /** No requests, with the replies to come to {@code inbox}. */
    public Requests(Bus bus, Owner owner, Alarm alarm, Duration timeout, EftlClient client, String inbox) {
        this.bus = bus;
        this.owner = owner;
        this.alarm = alarm;
        this.timeout = timeout;
        this.inbox = inbox;
        this.session = new Session<>(client.id(), client.principal(), owner, bus.outbox(), bus.counters(), this::drain);
    }

    /** Where the replies to the request {@code seq} go. */
    ReplyTo address(long seq) {
        return new ReplyTo(inbox, seq);
    }

    /**
     * Publishes the request {@code seq}.
     *
     * @param message names the request's address
     * @param publish brings it onto the bus
     */
    void request(long seq, Message message, Function<Message, Receipt> publish, Outcome outcome) {
        if (waiting.size() >= MAX_WAITING) {
            outcome.failed(MAX_WAITING + " requests wait for their reply already, and there may be no more");
            return;
        }
        String late = "no reply came within " + timeout.toSeconds() + " s";
        waiting.put(seq, new Waiting(outcome, alarm.in(timeout, () -> end(seq, found -> found.failed(late)))));
        subscribed(() -> sent(seq, publish.apply(message)));
    }

    private void sent(long seq, Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            end(seq, outcome -> outcome.refused(refused.reason()));
        } else if (receipt instanceof Receipt.KeptOut kept) {
            end(seq, outcome -> outcome.refused(kept.reason()));
        } else if (receipt.receivers() == 0) {
            end(seq, outcome -> outcome.failed("nobody is there who could reply"));
        }
    }

    private void subscribed(Runnable then) {
        if (subscribed) {
            then.run();
            return;
        }
        if (subscription == null) {
            Interest interest = Interest.inTopic(TopicPattern.parse(inbox), Scope.channel(inbox));
            subscription = new LiveSubscription<>(interest, session, inbox);
        }
        bus.conductor()
                .add(subscription)
                .whenCompleteAsync(
                        (done, failure) -> {
                            subscribed = true;
                            then.run();
                        },
                        owner);
    }

    private void drain() {
        for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
            Message reply = next.message();
            reply.headers().answers().ifPresent(seq -> end(seq, outcome -> outcome.answered(reply)));
        }
    }

    private void end(long seq, Consumer<Outcome> how) {
        Waiting found = waiting.remove(seq);
        if (found != null) {
            found.timer().cancel();
            how.accept(found.outcome());
        }
    }

    /** Nobody waits for a reply any more. */
    void end() {
        waiting.values().forEach(found -> found.timer().cancel());
        waiting.clear();
        if (subscription != null) {
            bus.conductor().remove(subscription);
        }
        session.close();
    }
}

package io.hawser.core.request;

import io.hawser.core.access.Principal;
import io.hawser.core.count.Counter;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one party that wait for their reply. Owner: the party's.
 *
 * <p>Replies are messages on a topic that nobody can guess, confined to a channel of the same name; it is subscribed to with the
 * first request. The number of the request is its correlation. The first reply wins, others are dropped and counted; without one
 * the request ends after its time, so that what waits is bounded. The request says until when somebody waits, so that it is not
 * done, to everybody's surprise, when nobody does any more.
 */
public final class Requests {
    /** How the inboxes of all parties begin. */
    public static final String INBOX = "reply/";

    private static final int MAX_WAITING = 1_000;

    private final Bus bus;
    private final Executor owner;
    private final Alarm alarm;
    private final Duration patience;
    private final String inbox;
    private final Session<String> session;
    private final Map<Long, Waiting> waiting = new HashMap<>();
    private @Nullable LiveSubscription<String> subscription;
    private boolean subscribed;

    /** Time as the party has it. */
    @FunctionalInterface
    public interface Alarm {
        /** Runs {@code task} once, {@code delay} from now, on the party's owner; what it returns prevents that. */
        Runnable in(Duration delay, Runnable task);
    }

    /** What a request becomes. */
    public interface Outcome {
        /** Somebody answered with {@code reply}. */
        void answered(Message reply);

        /** It ended otherwise than {@link Ending#DONE}, and this is why. */
        void failed(Ending ending, String reason);
    }

    private record Waiting(Outcome outcome, Runnable cancel) {}

    /**
     * No requests, with the replies to come to {@code inbox}.
     *
     * @param patience how long the party waits for a reply at most
     * @param party what it is called in its protocol
     * @param principal who it is for access rules
     */
    public Requests(
            Bus bus, Executor owner, Alarm alarm, Duration patience, String party, Principal principal, String inbox) {
        this.bus = bus;
        this.owner = owner;
        this.alarm = alarm;
        this.patience = patience;
        this.inbox = inbox;
        this.session = new Session<>(party, principal, owner, bus.outbox(), bus.counters(), this::drain);
    }

    /** Where the replies to the request {@code number} go, for which somebody waits {@code wanted}, or less if that is too long. */
    public ReplyTo address(long number, Optional<Duration> wanted) {
        Duration wait = wanted.filter(each -> each.compareTo(patience) < 0).orElse(patience);
        return new ReplyTo(inbox, number, bus.clock().millis() + wait.toMillis());
    }

    /**
     * Publishes the request {@code number}.
     *
     * @param message names the request's {@link #address}
     * @param publish brings it onto the bus
     */
    public void request(long number, Message message, Function<Message, Receipt> publish, Outcome outcome) {
        if (waiting.size() >= MAX_WAITING) {
            bus.counters().limit("requests.waiting").reached();
            outcome.failed(
                    Ending.REFUSED, MAX_WAITING + " requests wait for their reply already, and there may be no more");
            return;
        }
        Duration left = message.headers()
                .replyTo()
                .map(to -> to.patience(bus.clock().millis(), patience))
                .orElse(patience);
        String late = "no reply came within " + seconds(left);
        Runnable cancel = alarm.in(
                left,
                () -> end(number, found -> {
                    bus.counters().limit("request-timeout").reached();
                    found.failed(Ending.EXPIRED, late);
                }));
        waiting.put(number, new Waiting(outcome, cancel));
        subscribed(() -> sent(number, publish.apply(message)));
    }

    private static String seconds(Duration time) {
        long tenths = (time.toMillis() + 50) / 100;
        return (tenths % 10 == 0 ? String.valueOf(tenths / 10) : String.valueOf(tenths / 10.0)) + " s";
    }

    private void sent(long number, Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            end(number, outcome -> outcome.failed(Ending.DENIED, refused.reason()));
        } else if (receipt instanceof Receipt.KeptOut kept) {
            end(number, outcome -> outcome.failed(Ending.DENIED, kept.reason()));
        } else if (receipt.receivers() == 0) {
            end(number, outcome -> outcome.failed(Ending.ABSENT, "nobody is there who could reply"));
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
            reply.headers().answers().ifPresent(number -> replied(number, reply));
        }
    }

    private void replied(long number, Message reply) {
        Ending ending = reply.headers().ending();
        boolean waited = end(number, outcome -> {
            if (ending == Ending.DONE) {
                outcome.answered(reply);
            } else {
                outcome.failed(ending, reply.fields().string("error").orElse("it did not say why"));
            }
        });
        if (!waited) {
            bus.counters().add(Counter.LATE_REPLIES);
        }
    }

    private boolean end(long number, Consumer<Outcome> how) {
        Waiting found = waiting.remove(number);
        if (found != null) {
            found.cancel().run();
            how.accept(found.outcome());
        }
        return found != null;
    }

    /** Nobody waits for a reply any more. */
    public void end() {
        waiting.values().forEach(found -> found.cancel().run());
        waiting.clear();
        if (subscription != null) {
            bus.conductor().remove(subscription);
        }
        session.close();
    }
}

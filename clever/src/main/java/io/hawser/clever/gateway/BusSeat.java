package io.hawser.clever.gateway;

import io.hawser.clever.engine.CleverReply;
import io.hawser.clever.engine.Failure;
import io.hawser.clever.engine.Outcome;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.core.count.Counter;
import io.hawser.core.count.Departures;
import io.hawser.core.event.EventCode;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.request.Requests;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Interest;
import io.hawser.core.route.LiveSubscription;
import io.hawser.core.route.Receipt;
import io.hawser.core.route.Scope;
import io.hawser.core.session.Delivery;
import io.hawser.core.session.Session;
import io.hawser.core.value.Value;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copter's place on the bus: says there what the copter says, and takes to it what is said to it. Owner: the gateway's loop.
 */
final class BusSeat {
    private static final Logger LOG = LoggerFactory.getLogger(BusSeat.class);

    private final CleverSession copter;
    private final Bus bus;
    private final String id;
    private final Session<String> session;
    private final Departures departures;
    private final List<LiveSubscription<String>> subscriptions = new ArrayList<>();
    private final Requests requests;
    private long asked;

    /**
     * The place of {@code copter}, from now on.
     *
     * @param patience how long it waits for an answer
     * @param secret part of a topic that nobody can guess
     */
    BusSeat(CleverSession copter, Bus bus, Loop loop, Duration patience, String secret) {
        this.copter = copter;
        this.bus = bus;
        this.id = copter.id();
        this.departures = new Departures(bus.counters().traffic(), CleverMapping.PROTOCOL);
        this.session = new Session<>(id, CleverMapping.PRINCIPAL, loop, bus.outbox(), bus.counters(), this::drain);
        this.requests = new Requests(
                bus,
                loop,
                (delay, task) -> loop.schedule(delay, task)::cancel,
                patience,
                id,
                CleverMapping.PRINCIPAL,
                Requests.INBOX + secret);
        for (String topic : CleverMapping.topics(id)) {
            Interest interest = Interest.inTopic(TopicPattern.parse(topic), Scope.except(CleverMapping.origin(id)));
            interest.heardBy(CleverMapping.PRINCIPAL, bus.access())
                    .map(allowed -> new LiveSubscription<>(allowed, session, topic))
                    .ifPresent(subscriptions::add);
        }
    }

    /** From now on the copter hears what is said to it, as far as the rules let copters. */
    void take() {
        subscriptions.forEach(bus.conductor()::add);
    }

    /** The copter hears nothing more of the bus. */
    void leave() {
        subscriptions.forEach(bus.conductor()::remove);
        subscriptions.clear();
        session.close();
        requests.end();
    }

    /** Says {@code message} in the copter's name. */
    void publish(Message message) {
        Receipt receipt = bus.router().publish(CleverMapping.PRINCIPAL, message);
        if (receipt instanceof Receipt.Refused refused) {
            LOG.debug("clever[{}] refused: {}", id, refused.reason());
        }
    }

    /** Asks {@code request} in the copter's name. */
    void ask(CleverFrame.Request request, CleverReply reply) {
        long number = ++asked;
        ReplyTo address = requests.address(number, Optional.empty());
        Message message = CleverMapping.asked(id, request, address, bus.clock().millis());
        requests.request(
                number,
                message,
                asking -> bus.router().publish(CleverMapping.PRINCIPAL, asking),
                new Requests.Outcome() {
                    @Override
                    public void answered(Message answer) {
                        reply.done(CleverMapping.told(answer));
                    }

                    @Override
                    public void failed(Ending ending, String reason) {
                        reply.failed(reason);
                    }
                });
    }

    private void drain() {
        for (Delivery<String> next = session.poll(); next != null; next = session.poll()) {
            Message message = next.message();
            CleverMapping.command(message).ifPresent(command -> obey(command, message));
            departures.add(message.weight());
        }
        departures.tell();
    }

    private void obey(CleverMapping.Command command, Message message) {
        Asker by = Asker.onBus(message.headers().source());
        Outcome outcome = new Answer(command.name(), message.headers().replyTo());
        if (command.request()) {
            copter.request(by, command.name(), command.args(), command.kwargs(), outcome);
        } else {
            copter.command(by, command.name(), command.args(), command.kwargs(), outcome);
        }
    }

    /** Tells who asked on the bus what became of it. */
    private final class Answer implements Outcome {
        private final String name;
        private final Optional<ReplyTo> asker;

        Answer(String name, Optional<ReplyTo> asker) {
            this.name = name;
            this.asker = asker;
        }

        @Override
        public void done(Value value) {
            asker.ifPresent(to ->
                    publish(CleverMapping.answer(id, to, value, bus.clock().millis())));
        }

        @Override
        public void failed(Failure why) {
            bus.counters()
                    .add(
                            why.kind() == Failure.Kind.REFUSED
                                    ? Counter.DROPPED_UNSAYABLE
                                    : Counter.DROPPED_SLOW_CONSUMER);
            LOG.warn(
                    "clever[{}] '{}' was not done, {}: {}",
                    id,
                    name,
                    why.kind().name().toLowerCase(Locale.ROOT),
                    why.reason(),
                    EventCode.COMMAND_NOT_DONE);
            asker.ifPresent(
                    to -> publish(CleverMapping.failure(id, to, why, bus.clock().millis())));
        }
    }
}

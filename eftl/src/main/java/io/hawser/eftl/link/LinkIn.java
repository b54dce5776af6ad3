package io.hawser.eftl.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.access.Principal;
import io.hawser.core.link.Breaker;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.Bus;
import io.hawser.core.route.Receipt;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.engine.ClientEngine;
import io.hawser.eftl.engine.ClientSubscription;
import io.hawser.eftl.engine.Delivery;
import io.hawser.eftl.engine.Failure;
import io.hawser.eftl.engine.SubscriptionEvents;
import io.hawser.eftl.gateway.channel.Arrivals;
import io.hawser.eftl.gateway.channel.LinkMapping;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.net.Loop;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What comes over one link: subscriptions on the other hub, and their messages onto this bus. Owner: the link's loop. */
final class LinkIn {
    /** Long enough for a loop to hand out some thousand messages. */
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<TopicPattern> topics;
    private final ClientEngine engine;
    private final EftlCodec codec;
    private final Loop loop;
    private final Arrivals arrivals;
    private final Breaker breaker;
    private final String origin;
    private final Consumer<String> trouble;
    /** The topics that the other hub was asked for and has not refused. */
    private final Set<TopicPattern> asked = new LinkedHashSet<>();

    private long taken;
    private long denied;
    private long turnedBack;
    private long lastId;

    /** Nothing is asked for yet; {@code trouble} hears what goes wrong. */
    LinkIn(
            LinkSettings settings,
            Bus bus,
            Loop loop,
            ClientEngine engine,
            EftlCodec codec,
            Breaker breaker,
            Consumer<String> trouble) {
        this.topics = settings.topicsIn();
        this.engine = engine;
        this.codec = codec;
        this.loop = loop;
        this.arrivals = new Arrivals(bus, new Principal(settings.origin()), settings.origin());
        this.breaker = breaker;
        this.origin = settings.origin();
        this.trouble = trouble;
    }

    /** The link is up: asks for what was not asked for, or was refused before. */
    void begin() {
        for (TopicPattern topic : topics) {
            if (asked.add(topic)) {
                engine.subscribe(new ClientSubscription(subscribe(topic), new Events(topic)));
            }
        }
    }

    private ClientFrame.Subscribe subscribe(TopicPattern topic) {
        return new ClientFrame.Subscribe(
                Long.toString(++lastId),
                matcher(topic),
                Optional.empty(),
                ClientFrame.AckMode.NONE,
                ClientFrame.DurableType.STANDARD,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private String matcher(TopicPattern topic) {
        try {
            Fields destination = Fields.of("_dest", Value.of(topic.toString()));
            return new String(codec.bodies().encode(destination).json(), UTF_8);
        } catch (ProtocolException impossible) {
            throw new IllegalStateException("a short name and a string are always sayable", impossible);
        }
    }

    /** What the other hub says of one subscription. */
    private final class Events implements SubscriptionEvents {
        private final TopicPattern topic;

        Events(TopicPattern topic) {
            this.topic = topic;
        }

        @Override
        public void subscribed() {
            // its messages follow
        }

        @Override
        public void refused(Failure why, boolean forGood) {
            if (forGood) {
                asked.remove(topic);
            }
            if (why.kind() == Failure.Kind.REFUSED) {
                trouble.accept("the other hub does not tell of " + topic + ": " + why.reason());
            }
        }

        @Override
        public void received(Delivery delivery) {
            take(delivery);
        }
    }

    private void take(Delivery delivery) {
        Message message;
        try {
            message = LinkMapping.message(
                    delivery.event().body(), delivery.event().origin(), origin);
        } catch (IllegalArgumentException strange) {
            trouble.accept("the other hub sent what cannot be taken: " + strange.getMessage());
            engine.handled(delivery);
            return;
        }
        if (!arrivals.admits(message)) {
            turnedBack++;
            engine.handled(delivery);
        } else if (breaker.passes(message)) {
            published(arrivals.publish(message), delivery);
        } else {
            engine.handled(delivery);
        }
    }

    /** While the store or a lagging hub has enough to do nothing more is read, which the other hub feels through TCP. */
    private void published(Receipt receipt, Delivery delivery) {
        if (receipt instanceof Receipt.Refused refused) {
            if (Long.bitCount(++denied) == 1) {
                trouble.accept(denied + " not let in so far: " + refused.reason());
            }
        } else {
            taken++;
        }
        if (receipt instanceof Receipt.Storing storing) {
            storing.stored().whenCompleteAsync((id, failure) -> engine.handled(delivery), loop);
        } else if (receipt.lagging()) {
            loop.schedule(MOMENT, () -> engine.handled(delivery));
        } else {
            engine.handled(delivery);
        }
    }

    long taken() {
        return taken;
    }

    long denied() {
        return denied;
    }

    long turnedBack() {
        return turnedBack;
    }

    Breaker breaker() {
        return breaker;
    }
}

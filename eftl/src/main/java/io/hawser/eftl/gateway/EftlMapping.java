package io.hawser.eftl.gateway;

import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.RegexpLimits;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Interest;
import io.hawser.core.route.Scope;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EventHead;
import io.hawser.eftl.wire.ProtocolException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Between eFTL's bodies and matchers and the bus's messages and interests, for one channel. Pure. */
final class EftlMapping {
    /** How sources name this protocol. */
    static final String PROTOCOL = "eftl";

    /** The field that names the destination ({@code specs/eftl.md} 1.8). */
    static final String DESTINATION = "_dest";

    private static final TopicPattern EVERY_TOPIC = TopicPattern.parse(TopicPattern.REST);

    private final String channel;
    private final Optional<String> confinedTo;
    private final Scope scope;
    private final EftlCodec codec;

    /**
     * A mapping for {@code channel}.
     *
     * @param open whether the channel is the open bus; else it is a world of its own
     */
    EftlMapping(String channel, EftlCodec codec, boolean open) {
        this.channel = channel;
        this.confinedTo = open ? Optional.empty() : Optional.of(channel);
        this.scope = open ? Scope.OPEN : Scope.channel(channel);
        this.codec = codec;
    }

    String channel() {
        return channel;
    }

    /**
     * The message that a client published.
     *
     * @throws IllegalArgumentException with a text for the user if {@code _dest} is no topic
     */
    Message message(Body body, Source source, long time) {
        byte[] tail = EventHead.tail(body);
        return Message.builder(topic(body.fields()), new Headers(source, time, confinedTo))
                .encoded(EftlTail.PLAIN, tail)
                .weight(tail.length)
                .fields(body.fields());
    }

    private Topic topic(Fields fields) {
        Optional<String> destination = fields.string(DESTINATION).map(EftlMapping::withoutPrefix);
        return destination.map(Topic::new).orElseGet(() -> Topic.of(PROTOCOL, channel));
    }

    /**
     * What a subscription asks for.
     *
     * @param ours whether the client is one of ours, which may use wildcards in {@code _dest} and a regexp
     * @param onTrouble told when the regexp turns out to be costly
     * @throws ProtocolException if the matcher is none
     * @throws IllegalArgumentException with a text for the user if the destination or the regexp is none
     */
    Interest interest(ClientFrame.Subscribe frame, boolean ours, Consumer<Regexp> onTrouble) throws ProtocolException {
        ContentMatcher matcher = codec.matcher(frame.matcher());
        TopicPattern topic = EVERY_TOPIC;
        List<ContentMatcher.Predicate> rest = matcher.predicates();
        for (ContentMatcher.Predicate predicate : rest) {
            if (predicate instanceof ContentMatcher.Equal equal
                    && equal.name().equals(DESTINATION)
                    && equal.value() instanceof Value.Str destination) {
                topic = pattern(withoutPrefix(destination.value()), ours);
                rest = rest.stream().filter(other -> other != equal).toList();
            }
        }
        return new Interest(topic, new ContentMatcher(rest), ours ? regexp(frame, onTrouble) : Optional.empty(), scope);
    }

    private static TopicPattern pattern(String destination, boolean ours) {
        TopicPattern pattern = TopicPattern.parse(destination);
        if (!ours && !pattern.exact()) {
            throw new IllegalArgumentException("_dest in a matcher takes no wildcards");
        }
        return pattern;
    }

    private static Optional<Regexp> regexp(ClientFrame.Subscribe frame, Consumer<Regexp> onTrouble) {
        try {
            return frame.regexp().map(text -> Regexp.compile(text, RegexpLimits.DEFAULT, onTrouble));
        } catch (RegexpException invalid) {
            throw new IllegalArgumentException("invalid regexp: " + invalid.getMessage(), invalid);
        }
    }

    private static String withoutPrefix(String destination) {
        for (String prefix : List.of("TOPIC:", "QUEUE:")) {
            if (destination.startsWith(prefix)) {
                return destination.substring(prefix.length());
            }
        }
        return destination;
    }
}

package io.hawser.eftl.gateway.channel;

import io.hawser.core.access.AccessException;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.RegexpLimits;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.route.Group;
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
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Between eFTL's bodies and matchers and the bus's messages and interests, for one channel. Pure. */
public final class EftlMapping {
    /** How sources name this protocol. */
    public static final String PROTOCOL = "eftl";

    /** The field that names the destination ({@code specs/eftl.md} 1.8). */
    static final String DESTINATION = "_dest";

    private static final TopicPattern EVERY_TOPIC = TopicPattern.parse(TopicPattern.REST);

    private static final String TOPIC_PREFIX = "TOPIC:";
    private static final String QUEUE_PREFIX = "QUEUE:";
    private static final String CLIENT = "_client_id";
    private static final String USER = "_user";

    private final EftlChannel channel;
    private final Optional<String> confinedTo;
    private final Scope scope;
    /** What is sent to a queue is confined to this; channels have no such names. */
    private final String queues;

    private final EftlCodec codec;

    /**
     * A mapping for {@code channel}.
     *
     * @param open whether the channel is the open bus; else it is a world of its own
     */
    public EftlMapping(EftlChannel channel, EftlCodec codec, boolean open) {
        this.channel = channel;
        this.confinedTo = open ? Optional.empty() : Optional.of(channel.name());
        this.scope = open ? Scope.OPEN : Scope.channel(channel.name());
        this.queues = "/queues/" + channel.name();
        this.codec = codec;
    }

    /** True if the channel is the open bus. */
    public boolean open() {
        return confinedTo.isEmpty();
    }

    /** The channel. */
    public EftlChannel channel() {
        return channel;
    }

    /**
     * The message that {@code client} published.
     *
     * @param replyTo where an answer goes, if it is a request
     * @throws AccessException if the client may not publish on this channel
     * @throws IllegalArgumentException with a text for the user if {@code _dest} is no topic
     */
    public Message message(Body body, EftlClient client, Source source, long time, Optional<ReplyTo> replyTo) {
        channel.objectionToPublish(client.principal()).ifPresent(EftlMapping::forbid);
        Body told = annotated(body, client);
        String destination = told.fields().string(DESTINATION).orElse("");
        Optional<String> confined = destination.startsWith(QUEUE_PREFIX) ? Optional.of(queues) : confinedTo;
        Topic topic =
                destination.isEmpty() ? Topic.of(PROTOCOL, channel.name()) : new Topic(withoutPrefix(destination));
        return message(told, topic, new Headers(source, time, confined, replyTo, OptionalLong.empty()));
    }

    /**
     * The message that answers a request.
     *
     * @throws IllegalArgumentException with a text for the user if the address that {@code headers} name is no topic
     */
    public Message reply(Body body, Headers headers) {
        return message(body, new Topic(headers.channel().orElseThrow()), headers);
    }

    private static Message message(Body body, Topic topic, Headers headers) {
        byte[] tail = EventHead.tail(body);
        return Message.builder(topic, headers)
                .encoded(EventTail.PLAIN, tail)
                .weight(tail.length)
                .fields(body.fields());
    }

    /** Who published it, where the channel tells: nobody can say so in another's name. */
    private Body annotated(Body body, EftlClient client) {
        if (channel.signature().equals(EftlChannel.Signature.NONE)) {
            return body;
        }
        Fields.Builder fields = body.fields().toBuilder();
        if (channel.signature().client()) {
            fields.put(CLIENT, client.id());
        }
        if (channel.signature().user()) {
            fields.put(USER, client.user());
        }
        try {
            return codec.bodies().encode(fields.build());
        } catch (ProtocolException impossible) {
            throw new IllegalStateException("what was read can be written, with two short names more", impossible);
        }
    }

    /** Everything that is published on the channel. */
    public Interest everything() {
        return Interest.inTopic(EVERY_TOPIC, scope);
    }

    /**
     * What a subscription asks for.
     *
     * @param client who asks; if it is one of ours it may use wildcards in {@code _dest} and a regexp
     * @param onTrouble told when the regexp turns out to be costly
     * @throws AccessException if the client may not subscribe on this channel
     * @throws ProtocolException if the matcher is none
     * @throws IllegalArgumentException with a text for the user if the destination or the regexp is none
     */
    public Wish wish(ClientFrame.Subscribe frame, EftlClient client, Consumer<Regexp> onTrouble)
            throws ProtocolException {
        channel.objectionToSubscribe(client.principal()).ifPresent(EftlMapping::forbid);
        boolean ours = client.ours();
        if (client.hub().isPresent() && frame.durable().isPresent()) {
            throw new IllegalArgumentException("a link has no durables");
        }
        ContentMatcher matcher = codec.matcher(frame.matcher());
        String destination = "";
        List<ContentMatcher.Predicate> rest = matcher.predicates();
        for (ContentMatcher.Predicate predicate : rest) {
            if (predicate instanceof ContentMatcher.Equal equal
                    && equal.name().equals(DESTINATION)
                    && equal.value() instanceof Value.Str text) {
                destination = text.value();
                rest = rest.stream().filter(other -> other != equal).toList();
            }
        }
        boolean queue = destination.startsWith(QUEUE_PREFIX);
        if (queue && frame.durable().isPresent()) {
            throw new IllegalArgumentException("a queue has no durables; use a shared durable");
        }
        if (frame.durable().isPresent() && frame.type() == ClientFrame.DurableType.LAST_VALUE) {
            checkKey(frame, matcher, ours);
        }
        TopicPattern topic = destination.isEmpty() ? EVERY_TOPIC : pattern(withoutPrefix(destination), ours && !queue);
        Optional<Regexp> regexp = ours ? regexp(frame, onTrouble) : Optional.empty();
        return new Wish(
                new Interest(topic, new ContentMatcher(rest), regexp, queue ? Scope.channel(queues) : scope(client)),
                queue ? Optional.of(new Group(queues + "/" + topic)) : Optional.empty());
    }

    /** Another hub hears neither what it brought nor what must not leave this one. */
    private Scope scope(EftlClient client) {
        return client.hub().isPresent() ? Scope.beyond(client.origin()) : scope;
    }

    private static void forbid(String reason) {
        throw new AccessException(reason);
    }

    /**
     * A last-value durable has a key field, and its matcher, if there is one, a string for it ({@code specs/eftl.md} 4); to
     * our own clients it is enough that the field is there.
     */
    private static void checkKey(ClientFrame.Subscribe frame, ContentMatcher matcher, boolean ours) {
        String key = frame.key().orElseThrow(() -> new IllegalArgumentException("a last-value durable needs a key"));
        boolean named = matcher.predicates().stream()
                .filter(predicate -> predicate.name().equals(key))
                .anyMatch(predicate -> predicate instanceof ContentMatcher.Equal equal
                        ? equal.value() instanceof Value.Str
                        : ours && predicate instanceof ContentMatcher.Present);
        if (!named && !matcher.predicates().isEmpty()) {
            throw new IllegalArgumentException("the matcher of a last-value durable needs a string for its key " + key);
        }
    }

    private static TopicPattern pattern(String destination, boolean wildcards) {
        TopicPattern pattern = TopicPattern.parse(destination);
        if (!wildcards && !pattern.exact()) {
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

    /** The topic that a destination names. */
    static String withoutPrefix(String destination) {
        for (String prefix : List.of(TOPIC_PREFIX, QUEUE_PREFIX)) {
            if (destination.startsWith(prefix)) {
                return destination.substring(prefix.length());
            }
        }
        return destination;
    }
}

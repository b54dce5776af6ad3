package io.hawser.eftl.gateway.channel;

import io.hawser.core.link.Linkage;
import io.hawser.core.message.Encoding;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EventHead;
import io.hawser.eftl.wire.ServerFrame;
import java.util.Optional;
import java.util.OptionalLong;

/** Between messages that travel from hub to hub and what says them on the wire. Pure, but for the numbers of a linkage. */
public final class LinkMapping {
    private LinkMapping() {}

    /** What follows the head of an event for every hub that is linked to the one behind {@code linkage}. */
    public static Encoding tail(Linkage linkage) {
        return message -> EventHead.tail(EventTail.body(message), origin(message, linkage));
    }

    /** How {@code message} leaves the hub behind {@code linkage}, and where it came from. */
    public static ServerFrame.Origin origin(Message message, Linkage linkage) {
        Passage passage = linkage.leaving(message);
        Headers headers = message.headers();
        return new ServerFrame.Origin(
                Optional.of(message.topic().text()),
                Optional.of(headers.source().toString()),
                OptionalLong.of(headers.time()),
                Optional.of(
                        new ServerFrame.Passage(passage.hub(), passage.number().orElseThrow(), passage.hops())));
    }

    /**
     * The message that came over the link {@code link}, as whoever said it to the other hub.
     *
     * @throws IllegalArgumentException with a text for the user if {@code origin} does not say what it must, or no topic
     */
    public static Message message(Body body, ServerFrame.Origin origin, String link) {
        ServerFrame.Passage said = origin.passage().orElseThrow(() -> missing("_hub, _number and _hops"));
        Topic topic = new Topic(origin.topic().orElseThrow(() -> missing("_topic")));
        String[] from = origin.from().orElseThrow(() -> missing("_from")).split(":", 2);
        Source source = new Source(from[0], from.length > 1 ? from[1] : "", link);
        long time = origin.time().orElseThrow(() -> missing("_time"));
        Passage passage = new Passage(said.hub(), OptionalLong.of(said.number()), said.hops());
        byte[] tail = EventHead.tail(body);
        return Message.builder(topic, Headers.from(passage, source, time))
                .encoded(EventTail.PLAIN, tail)
                .weight(tail.length)
                .fields(fields(body.fields(), source, topic));
    }

    private static IllegalArgumentException missing(String members) {
        return new IllegalArgumentException("what a hub brings must say " + members);
    }

    /** Those of the message on its first bus: {@link EventTail} says the topic in a field if it came from another protocol. */
    private static Fields fields(Fields told, Source source, Topic topic) {
        boolean added = !source.protocol().equals(EftlMapping.PROTOCOL)
                && told.string(EftlMapping.DESTINATION)
                        .filter(topic.text()::equals)
                        .isPresent();
        if (!added) {
            return told;
        }
        Fields.Builder fields = Fields.builder();
        for (int i = 0; i < told.size(); i++) {
            if (!told.name(i).equals(EftlMapping.DESTINATION)) {
                fields.put(told.name(i), told.value(i));
            }
        }
        return fields.build();
    }
}

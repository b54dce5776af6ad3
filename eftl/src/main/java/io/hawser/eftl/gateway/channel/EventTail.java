package io.hawser.eftl.gateway.channel;

import io.hawser.core.message.Encoding;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.EftlCodec;
import io.hawser.eftl.wire.EftlLimits;
import io.hawser.eftl.wire.EventHead;
import io.hawser.eftl.wire.ProtocolException;
import io.hawser.eftl.wire.ServerFrame;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a message looks to every eFTL client behind the head of its event: made once a message, shared by all who get it.
 *
 * <p>A message that came from another protocol says its topic in {@code _dest}; one that a border has renamed says its new one. Answers to
 * requests say none.
 */
public final class EventTail {
    /** What TIBCO's clients get. */
    public static final Encoding PLAIN = message -> EventHead.tail(body(message));

    /** What our own clients get: the same, and where the message came from. */
    public static final Encoding WITH_ORIGIN = message -> EventHead.tail(body(message), origin(message));

    private static final EftlCodec CODEC = new EftlCodec(EftlLimits.DEFAULT);

    private EventTail() {}

    /** The body of {@code message}. */
    public static Body body(Message message) {
        Fields fields = message.fields();
        if (saysTopic(message, fields)) {
            fields = fields.toBuilder()
                    .put(EftlMapping.DESTINATION, message.topic().text())
                    .build();
        }
        try {
            return CODEC.bodies().encode(fields);
        } catch (ProtocolException unsayable) {
            return textAlone(message);
        }
    }

    /** A foreign message says it if it has no such field of its own, ours if a border has renamed what its publisher wrote. */
    private static boolean saysTopic(Message message, Fields fields) {
        if (!message.headers().source().protocol().equals(EftlMapping.PROTOCOL)) {
            return !fields.has(EftlMapping.DESTINATION)
                    && message.headers().answers().isEmpty();
        }
        String said = fields.string(EftlMapping.DESTINATION).orElse("");
        return !said.isEmpty()
                && message.headers().answers().isEmpty()
                && !EftlMapping.withoutPrefix(said).equals(message.topic().text());
    }

    /** Names or depths that eFTL cannot say leave the text, which it can. */
    private static Body textAlone(Message message) {
        Fields.Builder fields =
                Fields.builder().put(EftlMapping.DESTINATION, message.topic().text());
        message.text().ifPresent(text -> fields.put(Message.TEXT, Value.of(text)));
        try {
            return CODEC.bodies().encode(fields.build());
        } catch (ProtocolException impossible) {
            throw new IllegalStateException("two short names and two strings are always sayable", impossible);
        }
    }

    private static ServerFrame.Origin origin(Message message) {
        Headers headers = message.headers();
        return new ServerFrame.Origin(
                Optional.of(message.topic().text()),
                Optional.of(headers.source().toString()),
                OptionalLong.of(headers.time()));
    }
}

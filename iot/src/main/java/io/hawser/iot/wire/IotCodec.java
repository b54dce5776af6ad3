package io.hawser.iot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages to bodies and back, the same for both ends ({@code specs/iot.md} 1.7). Thread-safe.
 *
 * <p>Unknown members are ignored, missing ones have the values that the original Java library gives them. Nothing but a
 * {@link ProtocolException} comes out of bad bytes.
 */
public final class IotCodec {
    private final Json json;
    private final int maxMessages;

    /** A codec that reads no more than {@code limits} allow. */
    public IotCodec(IotLimits limits) {
        this.json = new Json(limits);
        this.maxMessages = limits.maxMessages();
    }

    /**
     * The messages of a body: an array of them, one alone, or none at all if it is empty. One that is wrong is the end of all.
     *
     * @throws ProtocolException says which message, counted from 1, which member, and why
     */
    public List<IotMessage> read(byte[] body) throws ProtocolException {
        if (body.length == 0) {
            return List.of();
        }
        Value value = json.read(body);
        List<Value> values = value instanceof Value.Sequence array ? array.values() : List.of(value);
        if (values.size() > maxMessages) {
            throw ProtocolException.of("the batch has " + values.size() + " messages; at most " + maxMessages
                    + " are taken, send several batches");
        }
        List<IotMessage> messages = new ArrayList<>(values.size());
        for (Value each : values) {
            String place = "message " + (messages.size() + 1);
            if (!(each instanceof Value.Nested nested)) {
                throw ProtocolException.of(place + " is no JSON object");
            }
            messages.add(MessageReader.read(new Members(nested.fields(), place + ": ")));
        }
        return messages;
    }

    /** The body of {@code messages}: an array, {@code []} if there are none. */
    public byte[] write(List<IotMessage> messages) {
        return messages.stream()
                .map(MessageWriter::text)
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(UTF_8);
    }

    /** {@code message} alone, as it stands in an array. */
    public byte[] write(IotMessage message) {
        return MessageWriter.text(message).getBytes(UTF_8);
    }
}

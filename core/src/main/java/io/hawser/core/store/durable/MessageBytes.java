package io.hawser.core.store.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import java.util.Optional;

/**
 * Between a message and the bytes that an engine keeps. Pure; what a protocol made of the message is not kept.
 *
 * <pre>
 *   octet    version, 1
 *   text     topic
 *   text     protocol, text party, text origin
 *   number   time
 *   optional channel
 *   count    weight
 *   optional text, where it is another than the field of that name
 *   fields
 * </pre>
 */
public final class MessageBytes {
    private static final int VERSION = 1;

    private final BytesLimits limits;
    private final ValueBytes values;

    /** Writes and reads what {@code limits} allow. */
    public MessageBytes(BytesLimits limits) {
        this.limits = limits;
        this.values = new ValueBytes(limits);
    }

    /**
     * The bytes of {@code message}.
     *
     * @throws BytesException if it is longer or deeper than the limits
     */
    public byte[] write(Message message) throws BytesException {
        Headers headers = message.headers();
        Fields fields = message.fields();
        Optional<String> text = message.text();
        ByteWriter out = new ByteWriter().octet(VERSION).text(message.topic().text());
        out.text(headers.source().protocol())
                .text(headers.source().party())
                .text(headers.source().origin())
                .number(headers.time())
                .optional(headers.channel())
                .count(message.weight())
                .optional(text.equals(fields.string(Message.TEXT)) ? Optional.empty() : text);
        values.write(out, fields);
        if (out.size() > limits.maxBytes()) {
            throw new BytesException(
                    "a message of " + out.size() + " bytes is too long; the limit is " + limits.maxBytes());
        }
        return out.toByteArray();
    }

    /** The message that {@code bytes} are, which must not change. */
    public Message read(byte[] bytes) throws BytesException {
        ByteReader in = new ByteReader(bytes, limits);
        int version = in.octet();
        if (version != VERSION) {
            throw new BytesException("a message of version " + version + "; this program reads " + VERSION);
        }
        Topic topic = topic(in.text());
        Source source = new Source(in.text(), in.text(), in.text());
        Message.Builder message = Message.builder(topic, new Headers(source, in.number(), in.optional()));
        long weight = in.count();
        if (weight > Integer.MAX_VALUE) {
            throw new BytesException("a weight of " + weight);
        }
        message.weight((int) weight);
        in.optional().ifPresent(message::text);
        Fields fields = values.fields(in);
        in.end();
        return message.fields(fields);
    }

    private static Topic topic(String text) throws BytesException {
        try {
            return new Topic(text);
        } catch (IllegalArgumentException none) {
            throw new BytesException(String.valueOf(none.getMessage()));
        }
    }
}

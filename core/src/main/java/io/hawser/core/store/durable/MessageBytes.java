package io.hawser.core.store.durable;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Between a message and the bytes that an engine keeps. Pure; what a protocol made of the message is not kept,
 * nor how it came from another hub.
 *
 * <pre>
 *   octet    version: 1, or 2 if the message asks or answers
 *   text     topic
 *   text     protocol, text party, text origin
 *   number   time
 *   optional channel
 *   octet    in version 2, a sum: 1 the message asks, 2 it answers, 4 it asks until some time, 8 its answer is that it was not done
 *   text     where it asks: inbox, number correlation, number until where it says so
 *   number   where it answers: correlation, octet how it ended where it was not done
 *   count    weight
 *   optional text, where it is another than the field of that name
 *   fields
 * </pre>
 */
public final class MessageBytes {
    private static final int PLAIN = 1;
    private static final int CORRELATED = 2;
    private static final int ASKS = 1;
    private static final int ANSWERS = 2;
    private static final int UNTIL = 4;
    private static final int NOT_DONE = 8;

    /** By their number on disk, from 1 on. */
    private static final List<Ending> NOT_DONE_BY =
            List.of(Ending.DENIED, Ending.REFUSED, Ending.FAILED, Ending.EXPIRED, Ending.ABSENT);

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
        boolean correlated = headers.replyTo().isPresent() || headers.answers().isPresent();
        ByteWriter out = new ByteWriter()
                .octet(correlated ? CORRELATED : PLAIN)
                .text(message.topic().text());
        out.text(headers.source().protocol())
                .text(headers.source().party())
                .text(headers.source().origin())
                .number(headers.time())
                .optional(headers.channel());
        if (correlated) {
            correlation(out, headers);
        }
        out.count(message.weight()).optional(text.equals(fields.string(Message.TEXT)) ? Optional.empty() : text);
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
        if (version != PLAIN && version != CORRELATED) {
            throw new BytesException("a message of version " + version + "; this program reads " + CORRELATED);
        }
        Topic topic = topic(in.text());
        Source source = new Source(in.text(), in.text(), in.text());
        Headers headers = new Headers(source, in.number(), in.optional());
        Message.Builder message = Message.builder(topic, version == PLAIN ? headers : correlated(in, headers));
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

    private static void correlation(ByteWriter out, Headers headers) {
        boolean hurries =
                headers.replyTo().filter(to -> to.until() != Long.MAX_VALUE).isPresent();
        boolean undone = headers.answers().isPresent() && headers.ending() != Ending.DONE;
        out.octet((headers.replyTo().isPresent() ? ASKS : 0)
                | (headers.answers().isPresent() ? ANSWERS : 0)
                | (hurries ? UNTIL : 0)
                | (undone ? NOT_DONE : 0));
        headers.replyTo().ifPresent(to -> {
            out.text(to.inbox()).number(to.correlation());
            if (hurries) {
                out.number(to.until());
            }
        });
        headers.answers().ifPresent(out::number);
        if (undone) {
            out.octet(NOT_DONE_BY.indexOf(headers.ending()) + 1);
        }
    }

    private static Headers correlated(ByteReader in, Headers plain) throws BytesException {
        int parts = in.octet();
        boolean asks = (parts & ASKS) != 0;
        boolean told = (parts & ANSWERS) != 0;
        boolean hurries = (parts & UNTIL) != 0;
        boolean undone = (parts & NOT_DONE) != 0;
        if (parts > (ASKS | ANSWERS | UNTIL | NOT_DONE) || !(asks || told) || (hurries && !asks) || (undone && !told)) {
            throw new BytesException("a message that neither asks nor answers: " + parts);
        }
        Optional<ReplyTo> replyTo = asks
                ? Optional.of(new ReplyTo(in.text(), in.number(), hurries ? in.number() : Long.MAX_VALUE))
                : Optional.empty();
        OptionalLong answers = told ? OptionalLong.of(in.number()) : OptionalLong.empty();
        Ending ending = undone ? ending(in) : Ending.DONE;
        return new Headers(plain.source(), plain.time(), plain.channel(), replyTo, answers, Optional.empty(), ending);
    }

    private static Ending ending(ByteReader in) throws BytesException {
        int number = in.octet();
        if (number < 1 || number > NOT_DONE_BY.size()) {
            throw new BytesException("a request that ended in the way " + number);
        }
        return NOT_DONE_BY.get(number - 1);
    }

    private static Topic topic(String text) throws BytesException {
        try {
            return new Topic(text);
        } catch (IllegalArgumentException none) {
            throw new BytesException(String.valueOf(none.getMessage()));
        }
    }
}

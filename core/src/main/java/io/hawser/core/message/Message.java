package io.hawser.core.message;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one message of the bus: topic, fields, headers. Immutable, shared by all threads.
 *
 * <p>Fields are decoded when somebody first asks, and each protocol's bytes are made once. Both are caches without an
 * owner: two threads that ask at the same time may each do the work, with equal results, and one of them is kept.
 */
public final class Message {
    /** The field whose string is the message's text. */
    public static final String TEXT = "text";

    private static final AtomicLongFieldUpdater<Message> NUMBER =
            AtomicLongFieldUpdater.newUpdater(Message.class, "number");

    private final Topic topic;
    private final Headers headers;
    private final int weight;
    private final @Nullable String text;
    private final Supplier<Fields> decoder;
    /** What this says in another way; null if it is the first. */
    private final @Nullable Message first;

    private volatile @Nullable Fields fields;
    private volatile @Nullable Form forms;
    /** 0 until somebody asks for it. */
    private volatile long number;

    /** The bytes of one encoding, and the forms that were made before. */
    private static final class Form {
        final Encoding encoding;
        final byte[] bytes;
        final @Nullable Form next;

        Form(Encoding encoding, byte[] bytes, @Nullable Form next) {
            this.encoding = encoding;
            this.bytes = bytes;
            this.next = next;
        }
    }

    private Message(Builder builder, Supplier<Fields> decoder) {
        this.topic = builder.topic;
        this.headers = builder.headers;
        this.weight = builder.weight;
        this.text = builder.text;
        this.decoder = decoder;
        this.forms = builder.forms;
        this.first = null;
    }

    private Message(Message other, Topic topic, @Nullable String text, @Nullable Form forms) {
        this.topic = topic;
        this.headers = other.headers;
        this.weight = other.weight;
        this.text = text;
        this.decoder = other::fields;
        this.forms = forms;
        this.first = other.first == null ? other : other.first;
    }

    /** A builder for a message on {@code topic}. */
    public static Builder builder(Topic topic, Headers headers) {
        return new Builder(topic, headers);
    }

    /** What the message is about. */
    public Topic topic() {
        return topic;
    }

    /** What the bus knows of the message. */
    public Headers headers() {
        return headers;
    }

    /** About how many bytes the message holds, for queues that are bounded by bytes. */
    public int weight() {
        return weight;
    }

    /**
     * What tells it from every other message of its hub, drawn from {@code numbers}, all greater than 0, at the first call. With
     * another text, or renamed, it is the same message.
     */
    public long number(LongSupplier numbers) {
        if (first != null) {
            return first.number(numbers);
        }
        long known = number;
        if (known != 0) {
            return known;
        }
        long drawn = numbers.getAsLong();
        return NUMBER.compareAndSet(this, 0, drawn) ? drawn : number;
    }

    /** The fields, decoded at the first call. */
    public Fields fields() {
        Fields known = fields;
        if (known == null) {
            known = decoder.get();
            fields = known;
        }
        return known;
    }

    /** The text that regexps work on, if the message has one: what it was made with, else its string field {@code text}. */
    public Optional<String> text() {
        return text != null ? Optional.of(text) : fields().string(TEXT);
    }

    /** What can be said of it in one line: its text, else its topic with {@code name=value} for each field. */
    public String spoken() {
        return text().orElseGet(() -> Spoken.line(topic, fields()));
    }

    /** This with a text that its fields do not hold. */
    public Message withText(String made) {
        return new Message(this, topic, made, forms);
    }

    /** This on another topic. What protocols made of it may speak of the topic, so it is made anew. */
    public Message renamed(Topic other) {
        return new Message(this, other, text, null);
    }

    /** The bytes of this message in {@code encoding}, made at the first call. The array is shared: never change it. */
    public byte[] encoded(Encoding encoding) {
        for (Form form = forms; form != null; form = form.next) {
            if (form.encoding == encoding) {
                return form.bytes;
            }
        }
        byte[] bytes = encoding.encode(this);
        forms = new Form(encoding, bytes, forms);
        return bytes;
    }

    @Override
    public String toString() {
        return topic + " " + headers.source();
    }

    /** Collects what a message needs. Not thread-safe. */
    public static final class Builder {
        private final Topic topic;
        private final Headers headers;
        private int weight;
        private @Nullable String text;
        private @Nullable Form forms;

        private Builder(Topic topic, Headers headers) {
            this.topic = topic;
            this.headers = headers;
        }

        /** Sets about how many bytes the message holds. */
        public Builder weight(int bytes) {
            this.weight = bytes;
            return this;
        }

        /** Sets the text, so that nobody has to decode the fields for it. */
        public Builder text(String text) {
            this.text = text;
            return this;
        }

        /** Gives the bytes that {@code encoding} would make, where the protocol has them already. */
        public Builder encoded(Encoding encoding, byte[] bytes) {
            this.forms = new Form(encoding, bytes, forms);
            return this;
        }

        /** The message with fields that are known. */
        public Message fields(Fields fields) {
            Message message = new Message(this, () -> fields);
            message.fields = fields;
            return message;
        }

        /** The message with fields that {@code decoder} makes when asked; it must be pure and must not throw. */
        public Message fields(Supplier<Fields> decoder) {
            return new Message(this, decoder);
        }
    }

    /** A field {@code text} alone, for protocols whose messages are text. */
    public static Fields textFields(String text) {
        return Fields.of(TEXT, Value.of(text));
    }
}

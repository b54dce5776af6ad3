package io.hawser.core.message;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what comes on some topics on another topic too, so that a party that only reports can make others act:
 * {@code ivy/lab/* iot/{pump}/attributes/limit value={limit}}. Immutable.
 *
 * <pre>
 *   TOPICS TOPIC [NAME=VALUE | *]...
 *   {x}         in TOPIC and VALUE, the field x; a message without it is not relayed
 *   {1}         what the first wildcard of TOPICS stands for, {2} the second, ...
 *   NAME={x}    keeps the type of the field x; any other value is typed as text is, see {@link Value#infer}
 *   *           all fields, but for those that begin with a low line, which belong to a protocol
 * </pre>
 *
 * Without fields the relayed message has none. It goes in the name of who said the first one; of a request both ask, and the
 * first reply wins. What is said because of a message of another hub goes no further than here.
 */
public final class Relay {
    private static final String ALL = "*";

    private final String line;
    private final TopicPattern topics;
    private final Phrase topic;
    private final List<Part> parts;

    /** Adds to the fields; false if the message has not what it takes. */
    private interface Part {
        boolean add(Message said, Fields.Builder fields);
    }

    private Relay(String line, TopicPattern topics, Phrase topic, List<Part> parts) {
        this.line = line;
        this.topics = topics;
        this.topic = topic;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static Relay parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length < 2) {
            throw new IllegalArgumentException(
                    "must be topics, a topic and perhaps fields, such as 'ivy/lab/* iot/{pump}/attributes/limit value={limit}'");
        }
        TopicPattern topics = TopicPattern.parse(words[0]);
        Topic named = new Topic(words[1]);
        List<Part> parts = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            parts.add(part(topics, words[i]));
        }
        return new Relay(line, topics, Phrase.parse(topics, named.text()), parts);
    }

    private static Part part(TopicPattern topics, String word) {
        if (word.equals(ALL)) {
            return Relay::all;
        }
        int at = word.indexOf('=');
        if (at < 1) {
            throw new IllegalArgumentException("'" + word + "' is neither name=value nor *");
        }
        String name = word.substring(0, at);
        String value = word.substring(at + 1);
        Phrase phrase = Phrase.parse(topics, value);
        String place = value.matches("\\{[^{}]+\\}") ? value.substring(1, value.length() - 1) : "";
        boolean typed = !place.isEmpty() && !Phrase.isWildcard(place);
        return (said, fields) -> put(fields, name, typed ? said.fields().find(place) : inferred(phrase.of(said)));
    }

    private static boolean all(Message said, Fields.Builder fields) {
        Fields all = said.fields();
        for (int i = 0; i < all.size(); i++) {
            if (!all.name(i).startsWith("_")) {
                fields.put(all.name(i), all.value(i));
            }
        }
        return true;
    }

    private static @Nullable Value inferred(@Nullable String text) {
        return text == null ? null : Value.infer(text);
    }

    private static boolean put(Fields.Builder fields, String name, @Nullable Value value) {
        if (value == null) {
            return false;
        }
        fields.put(name, value);
        return true;
    }

    /** True if something on {@code others} could be relayed. */
    public boolean takes(TopicPattern others) {
        return topics.meets(others);
    }

    /** What is said further when {@code said} was; empty if that is on another topic, or lacks a field. */
    public Optional<Message> of(Message said) {
        if (!topics.matches(said.topic().text())) {
            return Optional.empty();
        }
        String to = topic.of(said, Topic::segment);
        Fields.Builder fields = Fields.builder();
        if (to == null || to.length() > Topic.MAX_LENGTH || !parts.stream().allMatch(part -> part.add(said, fields))) {
            return Optional.empty();
        }
        return Optional.of(Message.builder(new Topic(to), said.headers().echoed())
                .weight(said.weight())
                .fields(fields.build()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Relay that && line.equals(that.line);
    }

    @Override
    public int hashCode() {
        return line.hashCode();
    }

    @Override
    public String toString() {
        return line;
    }
}

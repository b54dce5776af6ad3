package io.hawser.core.message;

import io.hawser.core.value.Fields;
import java.util.Optional;

/** Messages for tests. */
public final class TestMessages {
    private TestMessages() {}

    /** A message on {@code topic} from nowhere in particular. */
    public static Message on(String topic, Fields fields) {
        return from("test", topic, fields);
    }

    /** A message that came from {@code origin}. */
    public static Message from(String origin, String topic, Fields fields) {
        return in(Optional.empty(), origin, topic, fields);
    }

    /** A message in a channel. */
    public static Message in(Optional<String> channel, String origin, String topic, Fields fields) {
        Headers headers = new Headers(new Source("test", "somebody", origin), 0, channel);
        return Message.builder(new Topic(topic), headers).weight(100).fields(fields);
    }

    /** A message that holds the number {@code n} in the field {@code n}. */
    public static Message numbered(long n) {
        return on("numbers", Fields.builder().put("n", n).build());
    }
}

package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.Event;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlMessage;
import java.time.InstantSource;

/** What came from a hub, as it is shown and recorded: the topic is none of the fields. Pure. */
public final class HubMessage {
    private static final String DESTINATION = "_dest";

    private HubMessage() {}

    /** {@code message}, the {@code number}-th; {@code clock} says the time if the hub does not. */
    public static Event event(long number, EftlMessage message, InstantSource clock) {
        return new Event(
                number,
                message.time().orElseGet(clock::instant),
                message.topic().or(() -> message.fields().string(DESTINATION)).orElse("-"),
                message.from().orElse("-"),
                withoutDestination(message.fields()));
    }

    /** The message with {@code fields} on {@code topic}. */
    public static EftlMessage addressed(String topic, Fields fields) {
        Fields.Builder addressed = Fields.builder().put(DESTINATION, topic);
        for (int i = 0; i < fields.size(); i++) {
            addressed.put(fields.name(i), fields.value(i));
        }
        return EftlMessage.of(addressed.put(DESTINATION, topic).build());
    }

    /** Ends the command if nothing can be said on {@code topic}. */
    public static void requireTopic(String topic) {
        try {
            new Topic(topic);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Fields withoutDestination(Fields fields) {
        Fields.Builder rest = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.name(i).equals(DESTINATION)) {
                rest.put(fields.name(i), fields.value(i));
            }
        }
        return rest.build();
    }
}

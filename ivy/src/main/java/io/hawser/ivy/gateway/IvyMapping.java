package io.hawser.ivy.gateway;

import io.hawser.core.match.Captures;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Passage;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.ivy.gateway.paparazzi.PaparazziMessages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Between one domain and the bus's messages. Pure.
 *
 * <pre>
 *   ivy/DOMAIN/AGENT            a text of the agent
 *   ivy/DOMAIN/AGENT/said/N     a direct message N of the agent to the hub
 *   ivy/DOMAIN/AGENT/direct/N   becomes a direct message N to the agent
 *   ivy/DOMAIN/AGENT/state      online, or offline and why
 * </pre>
 */
final class IvyMapping {
    static final String PROTOCOL = "ivy";

    /** What is said to one agent or to the hub alone: no regexp is asked about that, as in Ivy. */
    static final TopicPattern DIRECT = TopicPattern.parse("ivy/*/*/*/*");

    private final String domain;
    private final List<Regexp> patterns;
    private final Map<String, FieldType> types;
    private final Optional<PaparazziMessages> paparazzi;

    /**
     * A mapping for the domain of {@code settings}.
     *
     * @throws io.hawser.core.match.RegexpException if a pattern is no regexp
     */
    IvyMapping(IvySettings settings) {
        this.domain = settings.name();
        this.patterns = settings.patterns().stream().map(Regexp::compile).toList();
        this.types = settings.types().stream()
                .collect(Collectors.toMap(FieldType::field, Function.identity(), (one, other) -> other));
        this.paparazzi = settings.paparazzi();
    }

    /** What the domain must not hear again. */
    String origin() {
        return topic().text();
    }

    /** The topics of all that agents say. */
    TopicPattern texts() {
        return TopicPattern.parse(topic() + "/*");
    }

    /** The topic of {@code agent}. */
    Topic agent(String agent) {
        return topic(shortened(agent));
    }

    /** The topics of what becomes a direct message to {@code agent}. */
    TopicPattern directs(String agent) {
        return TopicPattern.parse(agent(agent) + "/direct/*");
    }

    /** The number in a topic of {@link #directs}; empty if there is none. */
    static OptionalInt number(Topic direct) {
        String last = direct.text().substring(direct.text().lastIndexOf('/') + 1);
        try {
            return OptionalInt.of(Integer.parseInt(last));
        } catch (NumberFormatException none) {
            return OptionalInt.empty();
        }
    }

    /** What {@code agent}, which is another hub if it came by {@code passage}, said. The fields are made when somebody asks. */
    Message message(String agent, Optional<Passage> passage, String text, long time) {
        return Message.builder(agent(agent), headers(agent, passage, time))
                .weight(text.length())
                .text(text)
                .fields(() -> fields(text));
    }

    /** What {@code agent}, which is another hub if it came by {@code passage}, said to the hub alone. */
    Message said(String agent, Optional<Passage> passage, int number, String text, long time) {
        Topic topic = topic(shortened(agent), "said", Integer.toString(number));
        return Message.builder(topic, headers(agent, passage, time))
                .weight(text.length())
                .text(text)
                .fields(Message.textFields(text));
    }

    /** What {@code agent} answers to who asked at {@code address}, or why it does not. */
    Message answer(String agent, ReplyTo address, Ending ending, String text, long time) {
        Headers headers = Headers.answering(address, new Source(PROTOCOL, agent, origin()), time, ending);
        return Message.builder(new Topic(address.inbox()), headers)
                .fields(Fields.of(ending == Ending.DONE ? Message.TEXT : "error", Value.of(text)));
    }

    /** That {@code agent} has come, from {@code address}. */
    Message online(String agent, String address, long time) {
        return state(agent, Fields.builder().put("state", "online").put("address", address), time);
    }

    /** That {@code agent} has gone, and why. */
    Message offline(String agent, String reason, long time) {
        return state(agent, Fields.builder().put("state", "offline").put("reason", reason), time);
    }

    private Message state(String agent, Fields.Builder fields, long time) {
        return Message.builder(topic(shortened(agent), "state"), headers(agent, Optional.empty(), time))
                .fields(fields.build());
    }

    private Headers headers(String agent, Optional<Passage> passage, long time) {
        Source source = new Source(PROTOCOL, agent, origin());
        return new Headers(source, time, Optional.empty(), Optional.empty(), OptionalLong.empty(), passage);
    }

    private Topic topic(String... more) {
        String[] segments = new String[more.length + 1];
        segments[0] = domain;
        System.arraycopy(more, 0, segments, 1, more.length);
        return Topic.of(PROTOCOL, segments);
    }

    private Fields fields(String text) {
        return paparazzi.flatMap(messages -> messages.fields(text)).orElseGet(() -> patterned(text));
    }

    private Fields patterned(String text) {
        Fields.Builder fields = Fields.builder().put(Message.TEXT, text);
        for (Regexp pattern : patterns) {
            Captures captures = pattern.match(text);
            if (captures != null) {
                pattern.groupNames()
                        .forEach(name -> captures.get(name).ifPresent(value -> fields.put(name, typed(name, value))));
                break;
            }
        }
        return fields.build();
    }

    /** Without a type a number is what looks like one; what is not of its type stays a string. */
    private Value typed(String name, String text) {
        FieldType type = types.get(name);
        return type == null ? Value.infer(text) : type.read(text).orElseGet(() -> Value.of(text));
    }

    /** Names come from anybody who can reach the port; a topic must hold them. */
    private static String shortened(String agent) {
        int most = Topic.MAX_LENGTH / 16;
        return agent.length() <= most ? agent : agent.substring(0, most);
    }
}

package io.hawser.ivy.gateway;

import io.hawser.core.match.Captures;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.List;
import java.util.Optional;

/** From the texts of one domain to the bus's messages. Pure. */
final class IvyMapping {
    private final String domain;
    private final List<Regexp> patterns;

    /**
     * A mapping for {@code domain}.
     *
     * @param patterns what makes fields of a text
     * @throws io.hawser.core.match.RegexpException if a pattern is no regexp
     */
    IvyMapping(String domain, List<String> patterns) {
        this.domain = domain;
        this.patterns = patterns.stream().map(Regexp::compile).toList();
    }

    /** What the domain must not hear again. */
    String origin() {
        return "ivy/" + domain;
    }

    /** The topics of all that agents say. */
    TopicPattern texts() {
        return TopicPattern.parse("ivy/" + domain + "/*");
    }

    /** What {@code agent} said. The fields are made when somebody asks. */
    Message message(String agent, String text, long time) {
        Headers headers = new Headers(new Source("ivy", agent, origin()), time, Optional.empty());
        return Message.builder(Topic.of("ivy", domain, shortened(agent)), headers)
                .weight(text.length())
                .text(text)
                .fields(() -> fields(text));
    }

    private Fields fields(String text) {
        Fields.Builder fields = Fields.builder().put(Message.TEXT, text);
        for (Regexp pattern : patterns) {
            Captures captures = pattern.match(text);
            if (captures != null) {
                pattern.groupNames()
                        .forEach(name -> captures.get(name).ifPresent(value -> fields.put(name, Value.infer(value))));
                break;
            }
        }
        return fields.build();
    }

    /** Names come from anybody who can reach the port; a topic must hold them. */
    private static String shortened(String agent) {
        int most = Topic.MAX_LENGTH / 16;
        return agent.length() <= most ? agent : agent.substring(0, most);
    }
}

package io.hawser.app.console;

import io.hawser.app.text.JsonText;
import io.hawser.core.message.Message;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much was said on each topic that a viewer hears, and what last; {@value #MOST} topics at most, beyond that only how much. Owner:
 * the viewer's loop.
 */
final class LiveTopics {
    /** So many topics are told apart. */
    static final int MOST = 5_000;

    private static final int MOST_AT_ONCE = 300;
    private static final int LONGEST = 60;

    private final Map<String, Said> all = new HashMap<>();
    private final Set<Said> changed = new LinkedHashSet<>();
    private long beyond;

    private static final class Said {
        private long count;
        private Message last;

        Said(Message first) {
            this.last = first;
        }
    }

    /** {@code message} was said. */
    void add(Message message) {
        String topic = message.topic().text();
        Said said = all.get(topic);
        if (said == null) {
            if (all.size() >= MOST) {
                beyond++;
                return;
            }
            said = new Said(message);
            all.put(topic, said);
        }
        said.count++;
        said.last = message;
        changed.add(said);
    }

    /** Messages on topics that are not told apart. */
    long beyond() {
        return beyond;
    }

    /** Topics of which something is new, and not told before; some of them, if they are many. */
    List<Fields> news() {
        List<Fields> news = new ArrayList<>();
        for (Said said : List.copyOf(changed)) {
            if (news.size() == MOST_AT_ONCE) {
                return news;
            }
            changed.remove(said);
            news.add(Fields.builder()
                    .put("topic", said.last.topic().text())
                    .put("count", said.count)
                    .put("time", said.last.headers().time())
                    .put("last", inShort(said.last))
                    .build());
        }
        return news;
    }

    private static String inShort(Message message) {
        if (message.weight() > LiveRow.LONGEST) {
            return message.weight() + " bytes";
        }
        String topic = message.topic().text();
        StringBuilder line = new StringBuilder(
                message.text().filter(text -> !text.equals(topic)).orElse(""));
        Fields fields = message.fields();
        for (int i = 0; line.isEmpty() && i < fields.size() && line.length() < LONGEST; i++) {
            if (!(fields.value(i) instanceof Value.Nested) && !fields.name(i).startsWith("_")) {
                line.append(JsonText.shown(fields, fields.name(i)));
            }
        }
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "\u2026" : line.toString();
    }
}

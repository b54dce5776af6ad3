package io.hawser.app.listen;

import io.hawser.app.text.Event;
import io.hawser.app.text.JsonText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What came on each topic, of so many topics at most; what comes on further ones is counted together. */
final class Topics {
    static final int MOST = 10_000;

    private final int most;
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private long others;

    Topics(int most) {
        this.most = most;
    }

    /** What came on one topic. */
    static final class Count {
        private Event last;
        private long messages;
        private long bytes;
        private boolean fresh;

        private Count(Event first) {
            this.last = first;
        }

        Event last() {
            return last;
        }

        long messages() {
            return messages;
        }

        long bytes() {
            return bytes;
        }

        /** True if something came since this was asked last. */
        boolean fresh() {
            boolean was = fresh;
            fresh = false;
            return was;
        }
    }

    void count(Event event) {
        Count count = counts.get(event.topic());
        if (count == null) {
            if (counts.size() == most) {
                others++;
                return;
            }
            count = new Count(event);
            counts.put(event.topic(), count);
        }
        count.last = event;
        count.messages++;
        count.bytes += JsonText.size(event.fields());
        count.fresh = true;
    }

    Collection<Count> all() {
        return counts.values();
    }

    /** How many messages came on topics that are not counted one by one. */
    long others() {
        return others;
    }
}

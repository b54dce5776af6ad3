package io.hawser.app.console;

import io.hawser.app.text.JsonTypes;
import io.hawser.core.message.Message;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/** A message as viewers are shown it. */
final class LiveRow {
    /** Of a message beyond so many bytes only that is told: a page shows rows, not files. */
    static final int LONGEST = 16 << 10;

    private LiveRow() {}

    /** The {@code number}th that a viewer heard. */
    static Fields of(long number, Message message) {
        Fields.Builder row = Fields.builder()
                .put("n", number)
                .put("time", message.headers().time())
                .put("topic", message.topic().text())
                .put("protocol", message.headers().source().protocol())
                .put("from", message.headers().source().party())
                .put("bytes", message.weight());
        if (message.headers().replyTo().isPresent()) {
            row.put("asks", Value.Bool.TRUE);
        }
        if (message.weight() > LONGEST) {
            return row.put("cut", Value.Bool.TRUE).build();
        }
        message.text().ifPresent(text -> row.put("text", text));
        Fields types = JsonTypes.of(message.fields());
        if (!types.isEmpty()) {
            row.put("types", new Value.Nested(types));
        }
        return row.put("fields", new Value.Nested(message.fields())).build();
    }
}

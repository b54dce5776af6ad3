package io.hawser.eftl;

import io.hawser.core.value.Fields;
import io.hawser.eftl.wire.Body;
import io.hawser.eftl.wire.ServerFrame;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message: typed fields, and for one that came from the server what it said about it. Immutable. */
public final class EftlMessage {
    private final Fields fields;
    private final ServerFrame.@Nullable Event event;

    private EftlMessage(Fields fields, ServerFrame.@Nullable Event event) {
        this.fields = fields;
        this.event = event;
    }

    /** A message with these fields. */
    public static EftlMessage of(Fields fields) {
        return new EftlMessage(fields, null);
    }

    /** A message with one field {@code text}. */
    public static EftlMessage ofText(String text) {
        return of(Fields.builder().put("text", text).build());
    }

    static EftlMessage received(ServerFrame.Event event) {
        Body body = event.body();
        return new EftlMessage(body.fields(), event);
    }

    /** The fields. */
    public Fields fields() {
        return fields;
    }

    /** The message's number in its durable, 0 if it did not come from one. */
    public long storeMessageId() {
        return event == null ? 0 : event.storeId();
    }

    /** How often the durable has delivered the message, this time included; 0 if it did not come from one. */
    public long deliveryCount() {
        return event == null ? 0 : event.deliveryCount();
    }

    /** The topic on the bus; only Hawser's own hub tells. */
    public Optional<String> topic() {
        return event == null ? Optional.empty() : event.origin().topic();
    }

    /** Who published it, as {@code protocol:party}; only Hawser's own hub tells. */
    public Optional<String> from() {
        return event == null ? Optional.empty() : event.origin().from();
    }

    /** When it came onto the bus; only Hawser's own hub tells. */
    public Optional<Instant> time() {
        return event == null || event.origin().time().isEmpty()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(event.origin().time().getAsLong()));
    }

    Optional<ServerFrame.Event> event() {
        return Optional.ofNullable(event);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}

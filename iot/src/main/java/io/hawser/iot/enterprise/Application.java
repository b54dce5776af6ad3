package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.ProtocolException;
import java.util.Map;

/**
 * What an operator's program sees: devices belong to it, and so does the program.
 *
 * @param id what the server calls it
 * @param name what people call it
 * @param description may be empty
 * @param metadata what else is known of it
 */
public record Application(String id, String name, String description, Map<String, String> metadata) {
    /** An application with a copy of the metadata. */
    public Application {
        metadata = Map.copyOf(metadata);
    }

    static Application read(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "application: ");
        return new Application(
                members.required("id"),
                members.text("name").orElse(""),
                members.text("description").orElse(""),
                Device.metadata(members));
    }
}

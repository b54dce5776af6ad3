package io.hawser.iot.gateway;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Json;
import java.util.List;

/** Device models that the hub makes up for a device that names one which nobody has imported ({@code specs/iot.md} 1.4). Pure. */
final class Drafts {
    private Drafts() {}

    /** A model called {@code urn} that says nothing. */
    static Value.Opaque of(String urn) {
        Value nothing = new Value.Sequence(List.of());
        Fields model = Fields.builder()
                .put("urn", urn)
                .put("name", urn)
                .put("description", "made up for a device that named it")
                .put("system", Value.Bool.FALSE)
                .put("draft", Value.Bool.TRUE)
                .put("attributes", nothing)
                .put("actions", nothing)
                .put("formats", nothing)
                .build();
        return new Value.Opaque(Json.write(model));
    }
}

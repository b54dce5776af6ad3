package io.hawser.iot.enterprise;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.ProtocolException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device as the server knows it ({@code specs/iot.md} 1.9).
 *
 * @param id its endpoint id
 * @param hardwareId what whoever made it calls it
 * @param name what people call it; may be empty
 * @param description may be empty
 * @param type {@code DIRECTLY_CONNECTED_DEVICE}, {@code INDIRECTLY_CONNECTED_DEVICE} or {@code GATEWAY}
 * @param state {@code REGISTERED}, {@code ACTIVATED}, {@code DISABLED} or {@code DECOMMISSIONED}
 * @param online whether it is there now
 * @param created when it was registered
 * @param activated when it was activated, if it was
 * @param lastHeard when the server heard of it last, if it did
 * @param gateway the endpoint id of the gateway that it is behind
 * @param models the URNs of its models
 * @param metadata what else is known of it: {@code manufacturer}, {@code serialNumber} and so on
 */
public record Device(
        String id,
        String hardwareId,
        String name,
        String description,
        String type,
        String state,
        boolean online,
        Optional<Instant> created,
        Optional<Instant> activated,
        Optional<Instant> lastHeard,
        Optional<String> gateway,
        List<String> models,
        Map<String, String> metadata) {
    private static final String METADATA = "metadata";

    /** A device with copies of the collections. */
    public Device {
        models = List.copyOf(models);
        metadata = Map.copyOf(metadata);
    }

    static Device read(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "device: ");
        List<String> models = new ArrayList<>();
        for (Members model : members.objects("deviceModels")) {
            models.add(model.required("urn"));
        }
        return new Device(
                members.required("id"),
                members.text("hardwareId").orElse(""),
                members.text("name").orElse(""),
                members.text("description").orElse(""),
                members.text("type").orElse(""),
                members.text("state").orElse(""),
                members.text("connectivityStatus").filter("ONLINE"::equals).isPresent(),
                time(members.integer("created")),
                time(members.integer("activationTime")),
                time(members.integer("lastHeardTime")),
                members.text("directlyConnectedOwner").filter(owner -> !owner.isEmpty()),
                models,
                metadata(members));
    }

    /** The texts among the metadata. */
    static Map<String, String> metadata(Members members) throws ProtocolException {
        Fields said = members.object(METADATA).fields();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String name : said.names()) {
            said.string(name).ifPresent(text -> metadata.put(name, text));
        }
        return metadata;
    }

    private static Optional<Instant> time(OptionalLong millis) {
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }
}

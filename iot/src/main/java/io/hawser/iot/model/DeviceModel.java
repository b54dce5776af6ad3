package io.hawser.iot.model;

import io.hawser.core.value.Fields;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What devices of a kind have, can do and can say ({@code specs/iot.md} 1.6). Immutable.
 *
 * @param urn its name on the wire
 * @param name its name for people
 * @param description may be empty
 * @param system whether it belongs to the server itself
 * @param draft whether it was made up for a device that named a URN which nobody knew; the originals refuse it unless told otherwise
 * @param created milliseconds since 1970
 * @param lastModified milliseconds since 1970
 */
public record DeviceModel(
        String urn,
        String name,
        String description,
        boolean system,
        boolean draft,
        OptionalLong created,
        OptionalLong lastModified,
        List<Attribute> attributes,
        List<Action> actions,
        List<Format> formats) {
    /** A model with copies of the lists. */
    public DeviceModel {
        attributes = List.copyOf(attributes);
        actions = List.copyOf(actions);
        formats = List.copyOf(formats);
    }

    /** A model without content, for a device that names {@code urn}, which nobody knows; made at {@code now}, milliseconds since 1970. */
    public static DeviceModel draft(String urn, long now) {
        return new DeviceModel(
                urn, urn, "", false, true, OptionalLong.of(now), OptionalLong.of(now), List.of(), List.of(), List.of());
    }

    /**
     * The model that {@code fields} say.
     *
     * @throws ModelException tells all that is wrong with it, each with its place
     */
    public static DeviceModel read(Fields fields) throws ModelException {
        return ModelReader.read(fields);
    }

    /** The members of the model as the server says them; what is absent is left out and never null. */
    public Fields fields() {
        return ModelWriter.fields(this);
    }

    /** The attribute with this name or alias. */
    public Optional<Attribute> attribute(String nameOrAlias) {
        return attributes.stream()
                .filter(each -> each.name().equals(nameOrAlias))
                .findFirst()
                .or(() -> attributes.stream()
                        .filter(each -> !nameOrAlias.isEmpty() && each.alias().equals(nameOrAlias))
                        .findFirst());
    }

    /** The action with this name or alias. */
    public Optional<Action> action(String nameOrAlias) {
        return actions.stream()
                .filter(each -> each.name().equals(nameOrAlias))
                .findFirst()
                .or(() -> actions.stream()
                        .filter(each -> !nameOrAlias.isEmpty() && each.alias().equals(nameOrAlias))
                        .findFirst());
    }

    /** The format with this URN. */
    public Optional<Format> format(String formatUrn) {
        return formats.stream().filter(each -> each.urn().equals(formatUrn)).findFirst();
    }
}

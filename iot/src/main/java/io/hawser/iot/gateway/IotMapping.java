package io.hawser.iot.gateway;

import io.hawser.core.access.Principal;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Ending;
import io.hawser.core.message.Headers;
import io.hawser.core.message.Message;
import io.hawser.core.message.ReplyTo;
import io.hawser.core.message.Source;
import io.hawser.core.message.Topic;
import io.hawser.core.store.object.ObjectInfo;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.gateway.operator.Guard;
import io.hawser.iot.gateway.storage.FileOwner;
import io.hawser.iot.registry.history.DeviceMessage;
import io.hawser.iot.registry.history.MessageKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * From what devices say to the bus's messages, and back. Pure. A device is called by its hardware id, which its owner chose.
 *
 * <pre>
 *   data of a format            iot/DEVICE/data/FORMAT        fields: the items
 *   an alert of a format        iot/DEVICE/alert/FORMAT       fields: the items, severity, description
 *   a file of it has come       files/iot:DEVICE/NAME         fields: owner, name, size, type, sha256, revision
 *   a device comes or goes      iot/DEVICE/state              fields: state, reason
 *   write an attribute          iot/DEVICE/attributes/NAME    fields: value, or one field alone
 *   write several               iot/DEVICE/attributes         fields: a value for each
 *   call an action              iot/DEVICE/actions/NAME       fields: value, one field alone, or none
 * </pre>
 */
final class IotMapping {
    /** The topics of what the bus wants of devices. */
    static final List<TopicPattern> WISHES = Stream.of("iot/*/attributes/*", "iot/*/attributes", "iot/*/actions/*")
            .map(TopicPattern::parse)
            .toList();

    static final String PROTOCOL = "iot";
    private static final String ACTIONS = "actions";
    private static final String SEVERITY = "severity";
    private static final String DESCRIPTION = "description";

    private IotMapping() {}

    /** What the device {@code name} says; an alert's own items come before its severity and description. */
    static Message said(String name, DeviceMessage said, long time) {
        if (said.kind() == MessageKind.DATA) {
            return message(Topic.of(PROTOCOL, name, "data", said.format()), name, time, said.data());
        }
        Fields.Builder fields = said.data().toBuilder();
        if (!fields.has(SEVERITY)) {
            fields.put(SEVERITY, said.severity().toLowerCase(Locale.ROOT));
        }
        if (!fields.has(DESCRIPTION) && !said.description().isEmpty()) {
            fields.put(DESCRIPTION, said.description());
        }
        return message(Topic.of(PROTOCOL, name, "alert", said.format()), name, time, fields.build());
    }

    /** The device {@code name} has come, or has gone for {@code reason}. */
    static Message state(String name, boolean online, String reason, long time) {
        Fields.Builder fields = Fields.builder().put("state", online ? "online" : "offline");
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        return message(Topic.of(PROTOCOL, name, "state"), name, time, fields.build());
    }

    /** A file of {@code owner} is in the store. */
    static Message file(FileOwner owner, ObjectInfo file, long time) {
        Fields fields = Fields.builder()
                .put("owner", file.name().owner())
                .put("name", file.name().name())
                .put("size", file.size())
                .put("type", file.metadata().contentType())
                .put("sha256", file.sha256())
                .put("revision", file.revision())
                .build();
        Source source = new Source(PROTOCOL, owner.name(), teller(owner).name());
        return Message.builder(FileOwner.topic(file.name()), new Headers(source, time, Optional.empty()))
                .fields(fields);
    }

    /** What became of a wish, for who asked at {@code address}. */
    static Message answer(String name, ReplyTo address, Ending ending, Fields fields, long time) {
        return Message.builder(new Topic(address.inbox()), Headers.answering(address, source(name), time, ending))
                .fields(fields);
    }

    private static Message message(Topic topic, String name, long time, Fields fields) {
        return Message.builder(topic, new Headers(source(name), time, Optional.empty()))
                .fields(fields);
    }

    private static Source source(String name) {
        return new Source(PROTOCOL, name, origin(name));
    }

    /** Whom the access rules know the device {@code name} as. */
    static String origin(String name) {
        return PROTOCOL + "/" + Topic.segment(name);
    }

    /** What {@code message}, which came on one of {@link #WISHES}, wants; empty if it says no value where it must. */
    static Optional<DeviceWish> wish(Message message) {
        String[] path = message.topic().text().split("/", -1);
        String device = Topic.name(path[1]);
        Fields said = said(message.fields());
        Optional<Value> value =
                said.get("value").or(() -> said.size() == 1 ? Optional.of(said.value(0)) : Optional.empty());
        if (path.length == 3) {
            return said.isEmpty() ? Optional.empty() : Optional.of(new DeviceWish.WriteAll(device, said));
        }
        String name = Topic.name(path[3]);
        return path[2].equals(ACTIONS)
                ? Optional.of(new DeviceWish.Call(device, name, value))
                : value.map(found -> new DeviceWish.Write(device, name, found));
    }

    /** Whom the access rules know as who says that a file of {@code owner} has come. */
    static Principal teller(FileOwner owner) {
        return owner.program() ? Guard.program(owner.name()) : new Principal(origin(owner.name()));
    }

    /** Without what other protocols add: eFTL's own fields begin with a low line, and a text may be empty. */
    private static Fields said(Fields fields) {
        Fields.Builder own = Fields.builder();
        for (int i = 0; i < fields.size(); i++) {
            boolean foreign = fields.name(i).startsWith("_")
                    || (fields.name(i).equals(Message.TEXT) && fields.value(i).equals(Value.of("")));
            if (!foreign) {
                own.put(fields.name(i), fields.value(i));
            }
        }
        return own.build();
    }
}

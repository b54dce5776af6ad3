package io.hawser.app.admin.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.Device;
import io.hawser.iot.registry.command.Command;
import io.hawser.iot.registry.history.KeptMessage;
import io.hawser.iot.registry.history.KnownValue;
import io.hawser.iot.registry.history.LastKnown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What is told of devices, what they said and what they are asked. Pure. */
final class DeviceRows {
    private static final String CAPABILITY = "urn:oracle:iot:dcd:capability:";

    private DeviceRows() {}

    /** One line of the list. */
    static Fields.Builder row(Device device, boolean online) {
        Fields.Builder row = Fields.builder()
                .put("device", device.hardwareId())
                .put("endpoint", device.id())
                .put("state", word(device.state()))
                .put("online", Value.Bool.of(online))
                .put("kind", word(device.kind()));
        device.gateway().ifPresent(gateway -> row.put("gateway", gateway));
        String models = device.models().stream()
                .filter(urn -> !urn.startsWith(CAPABILITY))
                .collect(Collectors.joining(" "));
        return models.isEmpty() ? row : row.put("models", models);
    }

    /** All that is known of it but its keys. */
    static Fields all(Device device, boolean online, String application, OptionalLong heard) {
        Fields.Builder row = row(device, online)
                .put("name", device.name())
                .put("application", application)
                .put("created", time(device.created()));
        if (!device.description().isEmpty()) {
            row.put("description", device.description());
        }
        if (device.activated() > 0) {
            row.put("activated", time(device.activated()));
        }
        heard.ifPresent(at -> row.put("heard", time(at)));
        if (!device.metadata().isEmpty()) {
            Fields.Builder metadata = Fields.builder();
            device.metadata().forEach(metadata::put);
            row.put("metadata", new Value.Nested(metadata.build()));
        }
        return row.build();
    }

    /** A line for each attribute. */
    static List<Fields> rows(LastKnown known) {
        List<Fields> rows = new ArrayList<>();
        known.attributes().forEach((name, last) -> rows.add(row(known.model(), name, last)));
        return rows;
    }

    private static Fields row(String model, String name, KnownValue last) {
        return Fields.builder()
                .put("attribute", name)
                .put("value", last.value())
                .put("time", time(last.eventTime()))
                .put("received", time(last.received()))
                .put("model", model)
                .build();
    }

    static Fields row(Command command) {
        Fields.Builder row = Fields.builder()
                .put("command", command.id())
                .put("state", word(command.state()))
                .put("method", command.order().method())
                .put("url", command.order().url())
                .put("created", time(command.created()));
        if (command.order().body().length() > 0) {
            row.put("asked", said(command.order().body().bytes()));
        }
        if (command.delivered() > 0) {
            row.put("delivered", time(command.delivered()));
        }
        if (command.ended() > 0) {
            row.put("ended", time(command.ended()));
        }
        command.answer().ifPresent(answer -> {
            row.put("status", answer.status());
            if (answer.body().length() > 0) {
                row.put("answer", said(answer.body().bytes()));
            }
        });
        if (command.late()) {
            row.put("late", Value.Bool.TRUE);
        }
        return (command.reason().isEmpty() ? row : row.put("reason", command.reason())).build();
    }

    /** What a device answered: its JSON object, else its text. */
    private static Value said(byte[] body) {
        String text = new String(body, UTF_8);
        try {
            return new Value.Nested(JsonText.read(text));
        } catch (IllegalArgumentException noObject) {
            return Value.of(text);
        }
    }

    static Fields row(KeptMessage kept) {
        Fields.Builder row = Fields.builder()
                .put("message", kept.id())
                .put("kind", word(kept.message().kind()))
                .put("time", time(kept.message().eventTime()))
                .put("received", time(kept.received()))
                .put("format", kept.message().format());
        if (!kept.message().severity().isEmpty()) {
            row.put("severity", kept.message().severity())
                    .put("description", kept.message().description());
        }
        return row.put("data", new Value.Nested(kept.message().data())).build();
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

package io.hawser.iot.registry.history;

import io.hawser.core.bytes.ByteReader;
import io.hawser.core.bytes.ByteWriter;
import io.hawser.core.bytes.BytesException;
import io.hawser.core.bytes.BytesLimits;
import io.hawser.core.bytes.ValueBytes;
import io.hawser.core.value.Value;
import io.hawser.iot.registry.kept.RegistryException;
import io.hawser.iot.registry.kept.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Between messages of one device and bytes. Pure.
 *
 * <pre>
 *   message  text clientId, kind, model, format, severity, description, priority, reliability, number eventTime, fields data
 * </pre>
 */
final class MessageBytes {
    private static final ValueBytes VALUES = new ValueBytes(BytesLimits.DEFAULT);

    private MessageBytes() {}

    /** The bytes of one message; refuses one that is nested too deep. */
    static Value.Opaque write(DeviceMessage message) {
        ByteWriter out = new ByteWriter()
                .text(message.clientId())
                .text(message.kind().name())
                .text(message.model())
                .text(message.format())
                .text(message.severity())
                .text(message.description())
                .text(message.priority())
                .text(message.reliability())
                .number(message.eventTime());
        try {
            VALUES.write(out, message.data());
        } catch (BytesException tooDeep) {
            throw RegistryException.invalid(
                    "the data of message " + message.clientId() + " goes " + tooDeep.getMessage());
        }
        return new Value.Opaque(out.toByteArray());
    }

    /** The messages of {@code device} that were written one after the other. */
    static List<DeviceMessage> read(String device, Value.Opaque bytes) throws BytesException {
        ByteReader in = new ByteReader(bytes.bytes(), BytesLimits.DEFAULT);
        List<DeviceMessage> messages = new ArrayList<>();
        while (in.left() > 0) {
            messages.add(new DeviceMessage(
                    in.text(),
                    device,
                    Schema.constant(MessageKind.class, in.text()),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.text(),
                    in.number(),
                    VALUES.fields(in)));
        }
        return messages;
    }
}

package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead.Priority;
import io.hawser.iot.wire.IotHead.Reliability;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import io.hawser.iot.wire.IotMessage.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the members of a message ({@code specs/iot.md} 1.7.1 and 1.7.2). */
final class MessageReader {
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "PATCH", "DELETE");
    private static final Pattern COMMA = Pattern.compile(" *, *");
    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 599;

    private MessageReader() {}

    static IotMessage read(Members message) throws ProtocolException {
        IotHead head = head(message);
        IotMessage.Type type =
                message.word("type", IotMessage.Type.class).orElseThrow(() -> message.wrong("type", "is missing"));
        Members payload = message.requiredObject("payload");
        return switch (type) {
            case DATA -> data(head, payload);
            case ALERT -> alert(head, payload);
            case REQUEST -> request(head, message, payload);
            case RESPONSE -> response(head, payload);
            case RESOURCES_REPORT -> report(head, payload.requiredObject("value"));
        };
    }

    /** The hub's stamp is not read: a device could forge it. */
    private static IotHead head(Members message) throws ProtocolException {
        return new IotHead(
                message.text("id").orElse(""),
                message.text("clientId").orElse(""),
                message.text("source").orElse(""),
                message.text("destination").orElse(""),
                message.text("sender").orElse(""),
                message.word("priority", Priority.class).orElse(Priority.LOW),
                message.word("reliability", Reliability.class).orElse(Reliability.BEST_EFFORT),
                message.integer("eventTime"),
                message.lists("properties"),
                items(message.object("diagnostics")),
                Optional.empty());
    }

    private static IotMessage data(IotHead head, Members payload) throws ProtocolException {
        Fields items = items(payload.requiredObject("data"));
        if (items.isEmpty()) {
            throw payload.wrong("data", "has no item");
        }
        return new IotMessage.Data(head, payload.required("format"), items);
    }

    private static IotMessage alert(IotHead head, Members payload) throws ProtocolException {
        return new IotMessage.Alert(
                head,
                payload.required("format"),
                payload.word("severity", Severity.class).orElse(Severity.SIGNIFICANT),
                payload.text("description").orElse(""),
                items(payload.object("data")));
    }

    /** As strict as the original Java library, which drops what lacks one of these. */
    private static IotMessage request(IotHead head, Members message, Members payload) throws ProtocolException {
        message.required("clientId");
        message.required("source");
        message.requiredInteger("eventTime");
        String method = payload.required("method");
        if (!METHODS.contains(method)) {
            throw payload.wrong("method", "is none of GET, PUT, POST, PATCH and DELETE");
        }
        return new IotMessage.Request(
                head,
                method,
                payload.required("url"),
                payload.lists("headers"),
                payload.object("params").fields(),
                payload.requiredBytes("body"));
    }

    private static IotMessage response(IotHead head, Members payload) throws ProtocolException {
        long status = payload.requiredInteger("statusCode");
        if (status < LOWEST_STATUS || status > HIGHEST_STATUS) {
            throw payload.wrong("statusCode", "is no status of HTTP, 100 to 599");
        }
        return new IotMessage.Response(
                head,
                (int) status,
                payload.required("requestId"),
                payload.text("url").orElse(""),
                payload.lists("headers"),
                payload.bytes("body").orElseGet(() -> new Value.Opaque(new byte[0])));
    }

    private static IotMessage report(IotHead head, Members value) throws ProtocolException {
        List<ResourcesReport.Resource> resources = new ArrayList<>();
        for (Members resource : value.objects("resources")) {
            resources.add(new ResourcesReport.Resource(
                    resource.text("endpointName").orElse(""),
                    resource.text("name").orElse(""),
                    resource.required("path"),
                    resource.word("status", ResourcesReport.Status.class).orElse(ResourcesReport.Status.ADDED),
                    methods(resource.text("methods").orElse(""))));
        }
        return new ResourcesReport(
                head,
                value.word("reportType", ResourcesReport.Change.class).orElse(ResourcesReport.Change.UPDATE),
                value.text("endpointName").orElse(head.source()),
                value.text("reconciliationMark"),
                resources);
    }

    private static List<String> methods(String text) {
        return text.isBlank() ? List.of() : List.of(COMMA.split(text.strip(), -1));
    }

    private static Fields items(Members items) throws ProtocolException {
        Fields fields = items.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!IotMessage.isItem(fields.value(i))) {
                throw items.wrong(fields.name(i), "is no string, number or bool");
            }
        }
        return fields;
    }
}

package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.IotMessage.ResourcesReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a message with its members in the order of the original JavaScript library ({@code specs/iot.md} 1.7.1 and 1.7.2).
 * What is empty is left out, unless the originals want it there.
 */
final class MessageWriter implements IotMessage.Handler {
    private final JsonText out;

    private MessageWriter(JsonText out) {
        this.out = out;
    }

    static String text(IotMessage message) {
        // The original Java client counts braces to find where a request ends.
        JsonText out = new JsonText(message instanceof IotMessage.Request);
        head(out.open(), message);
        message.to(new MessageWriter(out));
        return out.close().toString();
    }

    private static void head(JsonText out, IotMessage message) {
        IotHead head = message.head();
        if (!head.id().isEmpty()) {
            out.put("id", head.id());
        }
        if (!head.clientId().isEmpty()) {
            out.put("clientId", head.clientId());
        }
        out.put("source", head.source())
                .put("destination", head.destination())
                .put("sender", head.sender())
                .put("priority", head.priority().name())
                .put("reliability", head.reliability().name());
        head.eventTime().ifPresent(time -> out.put("eventTime", time));
        out.put("type", message.type().name());
        if (!head.properties().isEmpty() || message instanceof IotMessage.Request) {
            out.put("properties", head.properties());
        }
        if (!head.diagnostics().isEmpty()) {
            out.put("diagnostics", head.diagnostics());
        }
        head.stamp().ifPresent(stamp -> {
            out.put("direction", stamp.direction().name());
            stamp.receivedTime().ifPresent(time -> out.put("receivedTime", time));
            stamp.sentTime().ifPresent(time -> out.put("sentTime", time));
        });
        out.name("payload").open();
    }

    @Override
    public void data(IotMessage.Data message) {
        out.put("format", message.format()).put("data", message.items()).close();
    }

    @Override
    public void alert(IotMessage.Alert message) {
        out.put("format", message.format())
                .put("severity", message.severity().name())
                .put("description", message.description())
                .put("data", message.items())
                .close();
    }

    @Override
    public void request(IotMessage.Request message) {
        out.put("method", message.method())
                .put("url", message.url())
                .put("headers", message.headers())
                .put("params", message.params())
                .put("body", message.body())
                .close();
    }

    @Override
    public void response(IotMessage.Response message) {
        out.put("statusCode", message.statusCode())
                .put("url", message.url())
                .put("requestId", message.requestId())
                .put("headers", message.headers())
                .put("body", message.body())
                .close();
    }

    @Override
    public void report(ResourcesReport message) {
        List<Fields> resources = new ArrayList<>();
        for (ResourcesReport.Resource resource : message.resources()) {
            Fields.Builder fields = Fields.builder().put("name", resource.name());
            fields.put("path", resource.path()).put("status", resource.status().name());
            fields.put("methods", String.join(",", resource.methods()));
            if (!resource.endpointName().isEmpty()) {
                fields.put("endpointName", resource.endpointName());
            }
            resources.add(fields.build());
        }
        out.put("type", "JSON").name("value").open();
        out.put("reportType", message.change().name())
                .put("endpointName", message.endpointName())
                .objects("resources", resources);
        message.mark().ifPresent(mark -> out.put("reconciliationMark", mark));
        out.close().close();
    }
}

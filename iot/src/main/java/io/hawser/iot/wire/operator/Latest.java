package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is new of devices: the answer to {@code POST /apps/APP/devices/data} ({@code specs/iot.md} 1.9).
 *
 * @param until from where to ask next time
 * @param data by endpoint id, then by the URN of the model; who has nothing new is not there
 */
public record Latest(long until, Map<String, Map<String, News>> data) {
    /**
     * What is new of one device by one of its models.
     *
     * @param attributes the values of those that were said
     * @param formats by the URN of each format the newest messages, the oldest first
     */
    public record News(Fields attributes, Map<String, List<Said>> formats) {}

    /**
     * One message in a format of its own.
     *
     * @param eventTime when it happened by the device's clock, in milliseconds since 1970
     * @param severity of an alert; empty for data
     */
    public record Said(long eventTime, String severity, Fields fields) {
        /** What {@code message} of the server's history says. */
        public static Said kept(Members message) throws ProtocolException {
            Members payload = message.object("payload");
            return new Said(
                    message.requiredInteger("eventTime"),
                    payload.text("severity").orElse(""),
                    payload.object("data").fields());
        }
    }

    /**
     * What {@code fields} say.
     *
     * @throws ProtocolException says which member is missing or makes no sense
     */
    public static Latest read(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "");
        Map<String, Map<String, News>> data = new LinkedHashMap<>();
        Members devices = members.object("data");
        for (String device : devices.fields().names()) {
            Members models = devices.object(device);
            Map<String, News> news = new LinkedHashMap<>();
            for (String urn : models.fields().names()) {
                news.put(urn, news(models.object(urn)));
            }
            data.put(device, news);
        }
        return new Latest(members.requiredInteger("until"), data);
    }

    private static News news(Members model) throws ProtocolException {
        Members formats = model.object("formats");
        Map<String, List<Said>> said = new LinkedHashMap<>();
        for (String format : formats.fields().names()) {
            List<Said> messages = new ArrayList<>();
            for (Members message : formats.objects(format)) {
                messages.add(new Said(
                        message.requiredInteger("eventTime"),
                        message.text("severity").orElse(""),
                        message.object("fields").fields()));
            }
            said.put(format, messages);
        }
        return new News(model.object("attributes").fields(), said);
    }

    /** The question: of each device the URNs of its models. */
    public static Fields question(Map<String, ? extends Iterable<String>> wanted) {
        Fields.Builder question = Fields.builder();
        wanted.forEach((device, urns) -> {
            List<Value> all = new ArrayList<>();
            urns.forEach(urn -> all.add(Value.of(urn)));
            question.put(device, new Value.Sequence(all));
        });
        return question.build();
    }
}

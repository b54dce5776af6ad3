package io.hawser.iot.wire;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One message between a device and the hub ({@code specs/iot.md} 1.7). The family is closed; {@link #to} makes dispatch total. */
public sealed interface IotMessage {
    /** The end of the format of attribute data, behind the URN of the model. */
    String ATTRIBUTES = ":attributes";

    /** What it has in common with all others. */
    IotHead head();

    /** Its word in the member {@code type}. */
    Type type();

    /** This message with another head. */
    IotMessage with(IotHead head);

    /** Calls the method of {@code handler} that is for this kind of message. */
    void to(Handler handler);

    /** What kinds there are. */
    enum Type {
        DATA,
        ALERT,
        REQUEST,
        RESPONSE,
        RESOURCES_REPORT
    }

    /** Hears each kind of message. */
    interface Handler {
        /** Values that a device measured. */
        void data(Data message);

        /** Something that somebody should look at. */
        void alert(Alert message);

        /** Something that a device shall do. */
        void request(Request message);

        /** What became of it. */
        void response(Response message);

        /** What a device can be asked for. */
        void report(ResourcesReport message);
    }

    /** How bad an alert is, the least bad first; alerts of the originals are SIGNIFICANT unless they say otherwise. */
    enum Severity {
        LOW,
        NORMAL,
        SIGNIFICANT,
        CRITICAL
    }

    /**
     * Values of one format.
     *
     * @param format {@code <URN of the model>:attributes} or the URN of a format of the model
     * @param items at least one; strings, finite numbers, datetimes and bools
     */
    record Data(IotHead head, String format, Fields items) implements IotMessage {
        /** Checked: there are items, and JSON has words for them. */
        public Data {
            if (items.isEmpty()) {
                throw new IllegalArgumentException("data without items");
            }
            requireItems(items);
        }

        @Override
        public Type type() {
            return Type.DATA;
        }

        @Override
        public Data with(IotHead other) {
            return new Data(other, format, items);
        }

        @Override
        public void to(Handler handler) {
            handler.data(this);
        }
    }

    /**
     * Values that somebody should look at.
     *
     * @param format the URN of a format of the model
     * @param description the format's; empty if there is none
     * @param items strings, finite numbers, datetimes and bools
     */
    record Alert(IotHead head, String format, Severity severity, String description, Fields items)
            implements IotMessage {
        /** Checked: JSON has words for the items. */
        public Alert {
            requireItems(items);
        }

        @Override
        public Type type() {
            return Type.ALERT;
        }

        @Override
        public Alert with(IotHead other) {
            return new Alert(other, format, severity, description, items);
        }

        @Override
        public void to(Handler handler) {
            handler.alert(this);
        }
    }

    /**
     * Something that a device shall do. For an original Java client the head must have clientId, source and event time.
     *
     * @param method GET, PUT, POST, PATCH or DELETE
     * @param url a path without leading slash, see {@link DevicePath}
     * @param headers names in lower case with texts
     * @param params names with values
     * @param body what the request says; may be empty
     */
    record Request(
            IotHead head,
            String method,
            String url,
            Map<String, List<String>> headers,
            Fields params,
            Value.Opaque body)
            implements IotMessage {
        /** A request whose header names are in lower case. */
        public Request {
            headers = lowerCase(headers);
        }

        @Override
        public Type type() {
            return Type.REQUEST;
        }

        @Override
        public Request with(IotHead other) {
            return new Request(other, method, url, headers, params, body);
        }

        @Override
        public void to(Handler handler) {
            handler.request(this);
        }
    }

    /**
     * What became of a request.
     *
     * @param statusCode as in HTTP
     * @param requestId the id of the request
     * @param url empty, as a rule
     * @param headers names in lower case with texts
     * @param body what the device says; may be empty
     */
    record Response(
            IotHead head,
            int statusCode,
            String requestId,
            String url,
            Map<String, List<String>> headers,
            Value.Opaque body)
            implements IotMessage {
        /** A response whose header names are in lower case. */
        public Response {
            headers = lowerCase(headers);
        }

        @Override
        public Type type() {
            return Type.RESPONSE;
        }

        @Override
        public Response with(IotHead other) {
            return new Response(other, statusCode, requestId, url, headers, body);
        }

        @Override
        public void to(Handler handler) {
            handler.response(this);
        }
    }

    /**
     * What a device can be asked for.
     *
     * @param endpointName the device
     * @param mark the MD5 of all paths in hex, by which the hub could tell that it knows them; JavaScript clients send it
     */
    record ResourcesReport(
            IotHead head, Change change, String endpointName, Optional<String> mark, List<Resource> resources)
            implements IotMessage {
        /** A report with a copy of the resources. */
        public ResourcesReport {
            resources = List.copyOf(resources);
        }

        @Override
        public Type type() {
            return Type.RESOURCES_REPORT;
        }

        @Override
        public ResourcesReport with(IotHead other) {
            return new ResourcesReport(other, change, endpointName, mark, resources);
        }

        @Override
        public void to(Handler handler) {
            handler.report(this);
        }

        /** What a report does to what the hub knows. */
        public enum Change {
            UPDATE,
            DELETE,
            RECONCILIATION
        }

        /** Whether a resource came or went. */
        public enum Status {
            ADDED,
            REMOVED
        }

        /**
         * One thing that a device answers for.
         *
         * @param endpointName the device; empty if it was left out, then the report's
         * @param path where it is asked, without leading slash
         * @param methods how it can be asked: GET, PUT
         */
        public record Resource(String endpointName, String name, String path, Status status, List<String> methods) {
            /** A resource with a copy of the methods. */
            public Resource {
                methods = List.copyOf(methods);
            }
        }
    }

    /** True if {@code value} can be an item of data: a string, a finite number, a datetime or a bool. */
    static boolean isItem(Value value) {
        return switch (value.kind()) {
            case STRING, LONG, BOOL, DATETIME -> true;
            case DOUBLE -> Double.isFinite(((Value.Real) value).value());
            case OPAQUE, MESSAGE, LIST, NULL -> false;
        };
    }

    private static void requireItems(Fields items) {
        for (int i = 0; i < items.size(); i++) {
            if (!isItem(items.value(i))) {
                throw new IllegalArgumentException("no item of data: " + items.name(i));
            }
        }
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, texts) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(texts)));
        return Collections.unmodifiableMap(lower);
    }
}

package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotHead;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.Members;
import io.hawser.iot.wire.ProtocolException;
import io.hawser.iot.wire.operator.Page.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What became of a request that an operator made of a device ({@code specs/iot.md} 1.9).
 *
 * @param id of the request
 * @param url where it goes within the device
 * @param method as in HTTP
 * @param href where its state is found
 * @param response what the device said
 * @param reason why it could not be done, for people; may be empty
 */
public record RequestState(
        String id,
        String url,
        String method,
        Status status,
        String href,
        Optional<IotMessage.Response> response,
        String reason) {
    /** How far a request is. */
    public enum Status {
        /** The hub has it. */
        RECEIVED(false),
        /** The device, or its gateway, has taken it. */
        DISPATCHED(false),
        /** The device has answered. */
        COMPLETED(true),
        /** It cannot be done: refused, withdrawn, or too large for the device. */
        FAILED(true),
        /** Nobody took or answered it in time. */
        EXPIRED(true),
        /** An operator at the hub took it back; for the originals it has failed. */
        CANCELLED(true);

        private final boolean complete;

        Status(boolean complete) {
            this.complete = complete;
        }

        /** True if nothing more will happen to it. */
        public boolean complete() {
            return complete;
        }

        private String word() {
            return this == CANCELLED ? FAILED.name() : name();
        }

        /** A word that nobody knows is told by whether more will happen. */
        private static Status of(String word, boolean complete, boolean cancelled) {
            if (cancelled) {
                return CANCELLED;
            }
            return Stream.of(values())
                    .filter(status -> status.name().equals(word))
                    .findFirst()
                    .orElse(complete ? FAILED : DISPATCHED);
        }
    }

    /**
     * The state that {@code fields} say.
     *
     * @throws ProtocolException says which member is missing or makes no sense
     */
    public static RequestState read(Fields fields) throws ProtocolException {
        Members members = new Members(fields, "");
        String href = "";
        for (Members link : members.objects("links")) {
            href = link.text("rel")
                    .filter("requests"::equals)
                    .flatMap(rel -> link.fields().string("href"))
                    .orElse(href);
        }
        return new RequestState(
                members.required("id"),
                members.text("url").orElse(""),
                members.text("method").orElse(""),
                Status.of(
                        members.text("status").orElse(""),
                        members.truth("complete", false),
                        members.truth("cancelled", false)),
                href,
                response(members),
                members.text("reason").orElse(""));
    }

    private static Optional<IotMessage.Response> response(Members members) throws ProtocolException {
        Members said = members.object("response");
        OptionalLong status = said.integer("statusCode");
        if (status.isEmpty()) {
            return Optional.empty();
        }
        if (status.getAsLong() < 0 || status.getAsLong() > 999) {
            throw said.wrong("statusCode", "is no status");
        }
        return Optional.of(new IotMessage.Response(
                IotHead.of("", "", 0),
                (int) status.getAsLong(),
                said.text("requestId").orElse(""),
                said.text("url").orElse(""),
                Map.of(),
                said.bytes("body").orElseGet(() -> new Value.Opaque(new byte[0]))));
    }

    /** True if nothing more will happen to it; the original JavaScript library demands the word. */
    public boolean complete() {
        return status.complete();
    }

    /** The members, in the order of the original. */
    public Fields fields() {
        Fields.Builder fields = Fields.builder()
                .put("id", id)
                .put("url", url)
                .put("method", method)
                .put("status", status.word())
                .put("complete", Value.of(complete()))
                .put("links", Link.list(List.of(new Link("requests", href))));
        if (status == Status.CANCELLED) {
            fields.put("cancelled", Value.Bool.TRUE);
        }
        if (!reason.isEmpty()) {
            fields.put("reason", reason);
        }
        response.ifPresent(said -> fields.put("response", new Value.Nested(answer(said))));
        return fields.build();
    }

    private static Fields answer(IotMessage.Response said) {
        Fields.Builder headers = Fields.builder();
        for (Map.Entry<String, List<String>> header : said.headers().entrySet()) {
            headers.put(
                    header.getKey(),
                    new Value.Sequence(header.getValue().stream().map(Value::of).toList()));
        }
        return Fields.builder()
                .put("statusCode", said.statusCode())
                .put("headers", new Value.Nested(headers.build()))
                .put("body", said.body())
                .put("requestId", said.requestId())
                .put("url", said.url())
                .build();
    }
}

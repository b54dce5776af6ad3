package io.hawser.iot.wire.operator;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.IotMessage;
import io.hawser.iot.wire.operator.Page.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        EXPIRED(true);

        private final boolean complete;

        Status(boolean complete) {
            this.complete = complete;
        }

        /** True if nothing more will happen to it. */
        public boolean complete() {
            return complete;
        }
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
                .put("status", status.name())
                .put("complete", Value.of(complete()))
                .put("links", Link.list(List.of(new Link("requests", href))));
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

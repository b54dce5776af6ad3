package io.hawser.iot.dispatch.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.iot.wire.Json;
import java.util.List;
import java.util.Map;

/**
 * What a {@link RequestHandler} says; source, destination and ids of the response are the dispatcher's matter.
 *
 * @param status as in HTTP: 200 done, 202 accepted, 400 wrong, 404 unknown, 405 not with this method, 409 not now
 * @param headers names with texts of printable ASCII
 * @param body may be empty
 */
public record Answer(int status, Map<String, List<String>> headers, Value.Opaque body) {
    /** Checked: the status is one of HTTP. */
    public Answer {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("no status of HTTP: " + status);
        }
    }

    /** {@code status} alone. */
    public static Answer of(int status) {
        return bytes(status, new byte[0]);
    }

    /** {@code status}, and why. */
    public static Answer text(int status, String text) {
        return bytes(status, text.getBytes(UTF_8));
    }

    /** {@code status}, and {@code fields} as JSON. */
    public static Answer json(int status, Fields fields) {
        return bytes(status, Json.write(fields));
    }

    private static Answer bytes(int status, byte[] body) {
        return new Answer(status, Map.of(), new Value.Opaque(body));
    }
}

package io.hawser.iot.gateway.call;

import io.hawser.core.value.Fields;
import io.hawser.iot.wire.Json;
import io.hawser.net.http.HttpResponse;

/** A call that cannot be done, with the status and what is wrong for the caller. */
public final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient HttpResponse answer;

    public Rejection(int status, String detail) {
        this(answer(status, detail));
    }

    public Rejection(HttpResponse answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    public HttpResponse answer() {
        return answer;
    }

    /** An error as Oracle's servers word it ({@code specs/iot.md} 1.10). */
    public static HttpResponse answer(int status, String detail) {
        return HttpResponse.of(status, "application/json", Json.write(body(status, detail)));
    }

    /** What such an error says. */
    public static Fields body(int status, String detail) {
        return Fields.builder()
                .put("type", "https://www.rfc-editor.org/rfc/rfc9110")
                .put("title", title(status))
                .put("status", status)
                .put("detail", detail)
                .build();
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 416 -> "Range Not Satisfiable";
            case 429 -> "Too Many Requests";
            case 507 -> "Insufficient Storage";
            case 503 -> "Service Unavailable";
            default -> status < 500 ? "Bad Request" : "Internal Server Error";
        };
    }
}

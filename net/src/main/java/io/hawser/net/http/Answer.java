package io.hawser.net.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.net.wire.Batch;
import io.hawser.net.wire.HttpHead;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Writes answers into a connection's batch. */
final class Answer {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

    /** Small enough that one sees a slow client move. */
    private static final int PIECE = 16 * 1024;

    private Answer() {}

    /** A whole answer; {@code withBody} false leaves out the body that the head announces, as HEAD wants. */
    static void whole(Batch out, HttpResponse response, boolean withBody) {
        byte[] body = response.body();
        HttpHead head = start(response);
        if (mayHaveBody(response.status())) {
            head.with("Content-Length", String.valueOf(body.length));
        }
        write(out, head.bytes());
        if (withBody && mayHaveBody(response.status()) && body.length > 0) {
            write(out, body);
        }
    }

    /** The head of an answer whose body follows. */
    static void head(Batch out, HttpResponse response, boolean chunked) {
        HttpHead head = start(response);
        if (chunked) {
            head.with("Transfer-Encoding", "chunked");
        }
        write(out, head.bytes());
    }

    /** The word that makes a client send the body it announced. */
    static void goOn(Batch out) {
        write(out, HttpHead.of("HTTP/1.1 100 Continue").bytes());
    }

    static void piece(Batch out, byte[] bytes, boolean chunked) {
        if (chunked) {
            write(out, (Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        }
        write(out, bytes);
        if (chunked) {
            write(out, LINE_END);
        }
    }

    static void lastChunk(Batch out) {
        write(out, LAST_CHUNK);
    }

    /** RFC 9110 6.4.1. */
    static boolean mayHaveBody(int status) {
        return status != 204 && status != 304;
    }

    private static HttpHead start(HttpResponse response) {
        return HttpHead.of("HTTP/1.1 " + HttpResponseStatus.valueOf(response.status()))
                .with(response.headers());
    }

    static void write(Batch out, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += PIECE) {
            int length = Math.min(PIECE, bytes.length - from);
            out.room(length).writeBytes(bytes, from, length);
            out.written();
        }
    }
}

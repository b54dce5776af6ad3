package io.hawser.net.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;

/**
 * The HTTP answers to a WebSocket handshake, as bytes.
 *
 * <p>Written by hand because old clients are particular ({@code specs/eftl.md} 1.1): a three-part status line, {@code Name:
 * value}, {@code Connection} exactly {@code Upgrade}, less than 1 KiB in all.
 */
public final class HttpAnswer {
    private HttpAnswer() {}

    /** Yes: what follows are frames. */
    public static ByteBuf switching(String key, Optional<String> subprotocol, Optional<String> extension) {
        String answer = "HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + WebSocketKey.answerTo(key) + "\r\n"
                + subprotocol
                        .map(name -> "Sec-WebSocket-Protocol: " + name + "\r\n")
                        .orElse("")
                + extension
                        .map(name -> "Sec-WebSocket-Extensions: " + name + "\r\n")
                        .orElse("")
                + "\r\n";
        return Unpooled.wrappedBuffer(answer.getBytes(ISO_8859_1));
    }

    /** No, and why; nothing follows. */
    public static ByteBuf refusal(int status, String reason) {
        byte[] body = (reason + "\n").getBytes(UTF_8);
        String head = "HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n"
                + hints(status)
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "\r\n";
        return Unpooled.wrappedBuffer(head.getBytes(ISO_8859_1), body);
    }

    /** What RFC 9110 asks for beside these statuses, and the end of the connection. */
    private static String hints(int status) {
        return switch (status) {
            case 405 -> "Allow: GET\r\nConnection: close\r\n";
            case 426 -> "Upgrade: websocket\r\nConnection: close, Upgrade\r\nSec-WebSocket-Version: 13\r\n";
            default -> "Connection: close\r\n";
        };
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What foreign pages and foreign names try at the listeners of a hub on loopback: each is turned away before anything is done. */
@Timeout(60)
class ProbesTest extends AdminStage {
    private static final String SHOWN = "Authorization: Bearer " + TOKEN;

    ProbesTest() {
        super(Map.of());
    }

    private static int status(int port, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return Integer.parseInt(new String(answer, StandardCharsets.ISO_8859_1).substring("HTTP/1.1 ".length()));
        }
    }

    /** {@code ~} stands for the end of a line, {@code PORT} for the listener's port, {@code SHOWN} for the admin token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~SHOWN | 200
            admin | GET /api/v1/clients HTTP/1.1~Host: LOCALHOST:PORT~SHOWN | 200
            admin | GET /api/v1/clients HTTP/1.1~Host: [::1]:PORT~SHOWN | 200
            admin | GET /api/v1/clients HTTP/1.1~Host: evil.example:PORT~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1.evil.example~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: localhost.evil.example~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: evil.example@127.0.0.1~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: ~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.0~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1~Host: evil.example~SHOWN | 400
            admin | GET http://127.0.0.1/api/v1/clients HTTP/1.1~Host: evil.example~SHOWN | 400
            admin | GET /api/v1/clients HTTP/1.1~Host: evil.example~Upgrade: websocket~Origin: http://evil.example~SHOWN | 421
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://evil.example~SHOWN | 403
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Origin: null~SHOWN | 403
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://127.0.0.1:1~SHOWN | 403
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://127.0.0.1:PORT~SHOWN | 200
            admin | POST /api/v1/reload HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://evil.example~SHOWN~Content-Length: 0 | 403
            admin | POST /api/v1/reload HTTP/1.1~Host: 127.0.0.1:PORT~Content-Type: text/plain~Content-Length: 0 | 401
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Cookie: token=TOKEN | 401
            admin | GET /api/v1/clients?token=TOKEN HTTP/1.1~Host: 127.0.0.1:PORT | 401
            admin | GET /api/v1/clients?access_token=TOKEN HTTP/1.1~Host: 127.0.0.1:PORT | 401
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~Authorization: Basic OlRPS0VO | 401
            admin | GET /api/v1/clients HTTP/1.1~Host: 127.0.0.1:PORT~X-Auth-Token: TOKEN | 401
            eftl  | GET /hawser.js HTTP/1.1~Host: 127.0.0.1:PORT | 200
            eftl  | GET /hawser.js HTTP/1.1~Host: evil.example | 421
            eftl  | POST /channel/v1/publish HTTP/1.1~Host: evil.example~Content-Length: 2 | 421
            eftl  | POST /channel/v1/publish HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://evil.example~Content-Length: 2 | 403
            eftl  | GET /channel/v1/subscribe/d HTTP/1.1~Host: 127.0.0.1:PORT~Sec-Fetch-Site: cross-site | 403
            eftl  | GET /channel HTTP/1.1~Host: evil.example~Origin: http://evil.example~UPGRADE | 421
            eftl  | GET /channel HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://evil.example~UPGRADE | 403
            eftl  | GET /channel HTTP/1.1~Host: 127.0.0.1:PORT~Origin: null~UPGRADE | 403
            eftl  | GET /channel HTTP/1.1~Host: 127.0.0.1:PORT~Origin: http://127.0.0.1:PORT~UPGRADE | 101
            eftl  | GET /channel HTTP/1.1~Host: hub.example~UPGRADE | 101
            """)
    void foreignPagesAndNamesAreTurnedAway(String listener, String head, int status) throws IOException {
        String at = listener.equals("admin") ? url : hub.eftlUrl();
        int port = URI.create(at).getPort();
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        assertThat(status(
                        port,
                        head.replace("~", "\r\n")
                                .replace("SHOWN", SHOWN)
                                .replace("TOKEN", TOKEN)
                                .replace("UPGRADE", upgrade)
                                .replace("PORT", String.valueOf(port))))
                .isEqualTo(status);
    }
}

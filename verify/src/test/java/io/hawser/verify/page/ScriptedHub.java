package io.hawser.verify.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.EftlConnection;
import io.hawser.net.Handshake;
import io.hawser.net.Listener;
import io.hawser.net.Loops;
import io.hawser.net.WebSocket;
import io.hawser.net.WebSocketHandler;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.HttpServer;
import io.hawser.net.http.Route;
import io.hawser.net.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hub that the test plays by hand, and the page that talks to it. JSON is written with {@code '} for {@code "}. What the
 * page does is heard line by line: {@code open}, each frame, {@code closed CODE}.
 */
final class ScriptedHub implements AutoCloseable {
    private static final String PAGE = "<!doctype html><title>test</title>";

    private final Loops loops = Loops.start(1, "scripted-hub");
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Listener listener = HttpServer.bind(
            loops,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            HttpServer.Options.of(Routes.of(
                            Route.get("/", answer("text/html", PAGE.getBytes(UTF_8))),
                            Route.get("/hawser.js", answer("text/javascript", module()))))
                    .with(this::accept));
    private volatile @Nullable WebSocket socket;

    private static io.hawser.net.http.HttpHandler answer(String type, byte[] body) {
        return exchange -> exchange.answer(HttpResponse.of(200, type, body));
    }

    /** The module as it is shipped. */
    static byte[] module() {
        try (InputStream module = EftlConnection.class.getResourceAsStream("hawser.js")) {
            return Objects.requireNonNull(module, "hawser.js").readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A page that may load {@code /hawser.js}. */
    String page() {
        return "http://127.0.0.1:" + listener.address().getPort() + "/";
    }

    /** What the page does next. */
    String hears() {
        try {
            String next = heard.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("something from the page").isNotNull();
            return next;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Nothing that was heard waits for the test. */
    boolean heardAll() {
        return heard.isEmpty();
    }

    void says(String... frames) {
        on(open -> {
            for (String frame : frames) {
                open.sendText(frame.replace('\'', '"').getBytes(UTF_8));
            }
        });
    }

    /** The connection is lost without a Close. */
    void loses() {
        on(WebSocket::drop);
        assertThat(hears()).isEqualTo("closed 1006");
    }

    void closes(int code, String reason) {
        on(open -> open.close(code, reason));
        assertThat(hears()).startsWith("closed ");
    }

    private void on(Consumer<WebSocket> action) {
        WebSocket open = Objects.requireNonNull(socket);
        open.loop().execute(() -> action.accept(open));
    }

    private Handshake.Answer accept(Handshake handshake) {
        return new Handshake.Accept(Optional.of("v1.eftl.tibco.com"), new WebSocketHandler() {
            @Override
            public void opened(WebSocket opened) {
                socket = opened;
                heard.add("open " + handshake.path());
            }

            @Override
            public void text(byte[] message) {
                heard.add(new String(message, UTF_8).replace('"', '\''));
            }

            @Override
            public void binary(byte[] message) {
                heard.add("binary");
            }

            @Override
            public void closed(int code, String reason) {
                heard.add("closed " + code);
            }
        });
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}

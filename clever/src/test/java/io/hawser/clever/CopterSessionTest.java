package io.hawser.clever;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.wire.CleverCodec;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The session of the original operator's server with a real copter once more: what the copter said is said again, cut apart, and
 * ours in the server's place sends the same bytes as the original, but for the ids of requests.
 */
class CopterSessionTest {
    private static final int SLICE = 7;
    private static final int PATIENCE_SECONDS = 10;

    private final CleverCodec codec = new CleverCodec(CleverLimits.DEFAULT);
    private final BlockingQueue<Fields> telemetry = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Value>> asked = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();

    /** One frame of the session; {@code fromServer} as the file's {@code S>}. */
    private record Line(boolean fromServer, String header, String content) {
        /** One content was made shorter when the session was written down; its length is that of what is there. */
        Line {
            header = header.replaceFirst("(\"content-length\": )\\d+", "$1" + content.getBytes(UTF_8).length);
        }
    }

    @Test
    void weAreTheServerOfARealCopter() throws Exception {
        CleverOptions options = CleverOptions.defaults()
                .handlers(new CleverHandlers().onAction("telemetry", call -> telemetry.add(call.kwargs())));
        List<Line> lines = lines();
        assertThat(lines).hasSizeGreaterThan(60);
        try (CleverServer server = CleverServer.listen("127.0.0.1:0", options);
                Socket copter = new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort())) {
            DataInputStream in = new DataInputStream(copter.getInputStream());
            assertThat(MalformedTest.frame(in)).contains("\"hawser-kind\": \"hello\"");
            CleverPeer peer = Pair.accepted(server);
            for (Line line : lines) {
                if (line.fromServer()) {
                    say(peer, line);
                    assertThat(MalformedTest.frame(in)).isEqualTo(line.header() + ours(line.content()));
                } else {
                    hear(copter.getOutputStream(), line);
                }
            }
            assertThat(peer.pending()).isEmpty();
        }
    }

    private void say(CleverPeer peer, Line line) throws ProtocolException {
        CleverFrame frame = read(line);
        if (frame instanceof CleverFrame.Action action) {
            peer.send(command(action.name(), action.args(), action.kwargs()));
        } else if (frame instanceof CleverFrame.Request request) {
            String id = ((Value.Str) request.id()).value();
            ids.put(id, "%04d".formatted(ids.size() + 1));
            asked.put(id, peer.request(command(request.name(), request.args(), request.kwargs())));
        }
    }

    private static CleverCommand command(String name, List<Value> args, Fields kwargs) {
        assertThat(args).isEmpty();
        return CleverCommand.of(name).with(kwargs);
    }

    private void hear(OutputStream copter, Line line) throws Exception {
        byte[] bytes = RawFrame.frame(ours(line.header()), line.content().getBytes(UTF_8));
        for (int at = 0; at < bytes.length; at += SLICE) {
            copter.write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + SLICE)));
            copter.flush();
        }
        CleverFrame frame = read(line);
        if (frame instanceof CleverFrame.Action action) {
            assertThat(telemetry.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(action.kwargs());
        } else if (frame instanceof CleverFrame.Response response) {
            String id = ((Value.Str) response.id()).value();
            CompletableFuture<Value> answer = Objects.requireNonNull(asked.get(id));
            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(response.value());
        }
    }

    private String ours(String text) {
        String changed = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            changed = changed.replace(
                    "\"request_id\": \"" + id.getKey() + '"', "\"request_id\": \"" + id.getValue() + '"');
        }
        return changed;
    }

    private CleverFrame read(Line line) throws ProtocolException {
        return codec.read(
                codec.head(line.header().getBytes(UTF_8)), line.content().getBytes(UTF_8));
    }

    private static List<Line> lines() throws IOException {
        List<Line> found = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(
                CopterSessionTest.class.getResourceAsStream("/vectors/real-copter-session.txt"))) {
            List<String> text = new String(in.readAllBytes(), UTF_8).lines().toList();
            for (int i = 0; i + 2 < text.size(); i++) {
                if (text.get(i).matches("\\[[0-9.]+] [SC]> frame .*")) {
                    found.add(new Line(
                            text.get(i).contains(" S> "),
                            text.get(i + 1).replaceFirst("^ *header : ", ""),
                            text.get(i + 2).replaceFirst("^ *content: ", "")));
                }
            }
        }
        return found;
    }
}

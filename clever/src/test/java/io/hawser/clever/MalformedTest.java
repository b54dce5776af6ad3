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
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 76 right and wrong inputs do to the original, and to ours: never worse, and never a hang. */
class MalformedTest {
    private static final int NAME = 63;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final byte[] PROBE =
            RawFrame.request("id", "\"probe\"", "{}").bytes();

    private final List<String> delivered = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void noInputIsWorseForUsThanForTheOriginal() throws Exception {
        Map<String, String> original = original();
        Map<String, byte[]> inputs = Malformed.all();
        assertThat(inputs.keySet()).hasSize(76).isEqualTo(original.keySet());
        Files.createDirectory(folder.resolve("folder"));
        try (CleverServer server = CleverServer.listen(
                "127.0.0.1:0", CleverOptions.defaults().handlers(handlers()).files(folder))) {
            for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
                String then = Objects.requireNonNull(original.get(input.getKey()));
                delivered.clear();
                List<String> said = say(server.address().getPort(), input.getValue());
                if (then.startsWith("alive")) {
                    assertThat(said).as(input.getKey()).last().asString().contains("\"value\": \"us\"");
                }
                compare(input.getKey(), then, said);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("folder", "f;touch INJECTED");
        }
        assertThat(folder.resolveSibling("escaped")).doesNotExist();
    }

    private void compare(String name, String then, List<String> said) {
        if (then.contains("| delivered ")) {
            String expected = then.replaceAll(".*\\| delivered ", "");
            Awaitility.await(name)
                    .untilAsserted(() -> assertThat(delivered.toString()).isEqualTo(expected));
        }
        if (then.contains("| reply ") && !name.contains("arbitrary read")) {
            String reply = then.substring(then.indexOf("{\"byteorder"));
            assertThat(said.get(0)).as(name).startsWith(reply);
        }
    }

    private CleverHandlers handlers() {
        return new CleverHandlers()
                .onAction("test_command", this::deliver)
                .onAction("land", this::deliver)
                .onRequest("id", call -> Value.of("us"))
                .onRequest("bytes", call -> new Value.Opaque(new byte[] {1}))
                .onRequest("fail", call -> {
                    throw new IllegalStateException("thrown by a test");
                })
                .onRequest(
                        "echo",
                        call -> new Value.Nested(Fields.builder()
                                .put("args", new Value.Sequence(call.args()))
                                .put("kwargs", new Value.Nested(call.kwargs()))
                                .build()));
    }

    /** As the vectors have it: name, args and kwargs in JSON. */
    private void deliver(CleverCall call) throws ProtocolException {
        byte[] frame = new CleverCodec(CleverLimits.DEFAULT)
                .write(new CleverFrame.Action(call.name(), call.args(), call.kwargs(), Optional.empty()));
        String text = new String(frame, UTF_8);
        String content = text.substring(text.indexOf("{\"args\": ") + "{\"args\": ".length(), text.length() - 1);
        delivered.add("[\"" + call.name() + "\", " + content.replace(", \"kwargs\": ", ", ") + "]");
    }

    /** Says {@code input}, then asks; gives the responses until the answer or the end. */
    private static List<String> say(int port, byte[] input) throws IOException {
        List<String> responses = new ArrayList<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(input);
            socket.getOutputStream().write(PROBE);
            while (responses.stream().noneMatch(text -> text.contains("\"probe\""))) {
                String frame = frame(in);
                if (frame.contains("\"response\"")) {
                    responses.add(frame);
                }
            }
        } catch (EOFException | SocketException reset) {
            responses.add("reset");
        }
        return responses;
    }

    /** Header and content of the next frame. */
    static String frame(DataInputStream in) throws IOException {
        String header = new String(in.readNBytes(in.readUnsignedShort()), UTF_8);
        int length = Integer.parseInt(header.replaceAll(".*\"content-length\": (\\d+).*", "$1"));
        return header + new String(in.readNBytes(length), UTF_8);
    }

    private static Map<String, String> original() throws IOException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(MalformedTest.class.getResourceAsStream("/vectors/malformed-py3.txt"))) {
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                if (line.length() > NAME) {
                    outcomes.put(line.substring(0, NAME).strip(), line.substring(NAME));
                }
            }
        }
        return outcomes;
    }
}

package io.hawser.clever.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.clever.wire.CleverCodec;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverHead;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** A copter on a bare socket: it reads and says only what a test tells it to. */
final class RawCopter implements AutoCloseable {
    private final CleverCodec codec = new CleverCodec(CleverLimits.DEFAULT);
    private final Socket socket;
    private final DataInputStream in;

    RawCopter(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(20_000);
        socket.connect(server);
        in = new DataInputStream(socket.getInputStream());
    }

    /** The next frame that an original would not drop; of a file the header alone, its content is still to come. */
    CleverFrame frame() throws IOException, ProtocolException {
        while (true) {
            byte[] header = new byte[in.readUnsignedShort()];
            in.readFully(header);
            CleverHead head = codec.head(header);
            if (head.stream().isPresent()) {
                return head.stream().get();
            }
            byte[] content = new byte[Math.toIntExact(head.length())];
            in.readFully(content);
            if (new String(header, UTF_8).matches(".*\"message-type\": \"(message|request|response)\".*")) {
                return codec.read(head, content);
            }
        }
    }

    /** The next request, answered with {@code value}. */
    CleverFrame.Request answer(Value value) throws IOException, ProtocolException {
        CleverFrame frame = frame();
        if (frame instanceof CleverFrame.Request request) {
            respond(request, value);
            return request;
        }
        throw new AssertionError("a request was expected, not " + frame);
    }

    /** Answers requests with {@code value} until a file begins. */
    void answerUntilAFileComes(Value value) throws IOException, ProtocolException {
        for (CleverFrame frame = frame(); !(frame instanceof CleverFrame.Push); frame = frame()) {
            if (frame instanceof CleverFrame.Request request) {
                respond(request, value);
            }
        }
    }

    /** Answers {@code request}. */
    void respond(CleverFrame.Request request, Value value) throws IOException, ProtocolException {
        socket.getOutputStream()
                .write(codec.write(new CleverFrame.Response(request.name(), request.id(), value, Optional.empty())));
    }

    /** Says an action whose text has so many characters. */
    void say(int length) throws IOException, ProtocolException {
        Fields kwargs = Fields.of("value", Value.of("x".repeat(length)));
        send(codec.write(new CleverFrame.Action("log", List.of(), kwargs, Optional.empty())));
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** How many bytes come before the hub ends the connection. */
    long readToTheEnd() throws IOException {
        long bytes = 0;
        byte[] piece = new byte[4_096];
        try {
            for (int length = in.read(piece); length > 0; length = in.read(piece)) {
                bytes += length;
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package io.hawser.eftl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.wire.Vectors;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What TIBCO's JavaScript client sent, as bytes on a socket: whole frames, frames written one byte at a time, and frames cut
 * into continuation frames as the C client does ({@code specs/eftl.md} 1.1). The answers must be the same each time.
 */
class EftlBytesTest {
    private static final int MASK = 0x5A17C3E9;
    private static final String MARK = "{\"op\":24,\"seq\":999,\"map\":\"m\",\"key\":\"mark\"}";
    private static final String HANDSHAKE = """
            GET /channel HTTP/1.1
            Host: x
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """;

    private final LiveGateway gateway = new LiveGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** How a client puts its frames on the wire. */
    private interface Style {
        void send(OutputStream out, byte[] text) throws IOException;
    }

    @Test
    void theAnswersDoNotDependOnHowTheBytesAreCut() throws IOException {
        List<String> whole = answers("whole", (out, text) -> out.write(frame(0x81, text, 0, text.length)));
        List<String> split = answers("split", (out, text) -> {
            for (byte one : frame(0x81, text, 0, text.length)) {
                out.write(one);
            }
        });
        List<String> fragments = answers("fragments", (out, text) -> {
            for (int at = 0; at < text.length; at += 7) {
                int end = Math.min(at + 7, text.length);
                int opcode = at == 0 ? 0x01 : 0x00;
                out.write(frame(end == text.length ? opcode | 0x80 : opcode, text, at, end));
            }
        });
        assertThat(whole).hasSizeGreaterThan(12).anyMatch(line -> line.contains("\"op\":7"));
        assertThat(split).isEqualTo(whole);
        assertThat(fragments).isEqualTo(whole);
    }

    /** The limit is 1 MiB; a client that counts characters sends this without a second thought ({@code specs/eftl.md} 1.6). */
    @Test
    void aMessageThatFitsInCharactersAloneIsRefusedAndTheConnectionStays() throws IOException {
        byte[] long600 = ("{\"op\":8,\"seq\":1,\"body\":{\"t\":\"" + "\u00e9".repeat(600_000) + "\"}}").getBytes(UTF_8);
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(20_000);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            out.write(HANDSHAKE.replace("\n", "\r\n").getBytes(UTF_8));
            skipHeaders(in);
            byte[] login = "{\"op\":1,\"login_options\":{\"_qos\":\"true\"}}".getBytes(UTF_8);
            out.write(frame(0x81, login, 0, login.length));
            assertThat(text(in)).startsWith("{\"op\":2,");
            for (int at = 0; at < long600.length; at += 60_000) {
                int end = Math.min(at + 60_000, long600.length);
                int opcode = at == 0 ? 0x01 : 0x00;
                out.write(frame(end == long600.length ? opcode | 0x80 : opcode, long600, at, end));
            }
            assertThat(text(in))
                    .isEqualTo(
                            "{\"op\":9,\"seq\":1,\"err\":11,\"reason\":\"a message of 1200032 bytes; the limit here is"
                                    + " 1048576\"}");
            byte[] mark = MARK.getBytes(UTF_8);
            out.write(frame(0x81, mark, 0, mark.length));
            assertThat(text(in)).contains("\"seq\":999");
        }
    }

    /** Plays the client's first connection as {@code clientId}, whose every frame is answered before the next is sent. */
    private List<String> answers(String clientId, Style style) throws IOException {
        List<String> answers = new ArrayList<>();
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.address().getPort())) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            out.write(HANDSHAKE.replace("\n", "\r\n").getBytes(UTF_8));
            skipHeaders(in);
            for (String frame : said()) {
                style.send(out, frame.replace("js-1", clientId).getBytes(UTF_8));
                if (frame.matches(".*\"op\":[13],.*")) {
                    answers.add(text(in)); // let in, confirmed or refused, before anything else is said
                }
                // what the first of these overtakes, the second does not
                answers.addAll(before(MARK, in, out, style));
                answers.addAll(before(MARK, in, out, style));
            }
        }
        answers.replaceAll(line -> line.replace(clientId, "js-1").replaceAll("\"id_token\":\"[^\"]*\"", ""));
        return answers;
    }

    /** What comes before the answer to {@code mark}. */
    private static List<String> before(String mark, DataInputStream in, OutputStream out, Style style)
            throws IOException {
        style.send(out, mark.getBytes(UTF_8));
        List<String> answers = new ArrayList<>();
        for (String answer = text(in); !answer.contains("\"seq\":999"); answer = text(in)) {
            answers.add(answer);
        }
        return answers;
    }

    /**
     * The frames of the first connection, without durables, whose store ids grow from run to run, and without requests and
     * maps, whose answers come from another thread.
     */
    private static List<String> said() {
        return Vectors.lines("js.jsonl").stream()
                .filter(line -> line.connection() == 1 && line.direction().equals("C>S"))
                .map(Vectors.Line::text)
                .filter(text -> !text.contains("durable") && !text.matches(".*\"op\":(1[1358]|2[024])[,}].*"))
                .toList();
    }

    private static byte[] frame(int first, byte[] text, int from, int to) {
        int length = to - from;
        int header = length < 126 ? 6 : 8;
        byte[] frame = new byte[header + length];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | (length < 126 ? length : 126));
        if (length >= 126) {
            frame[2] = (byte) (length >> 8);
            frame[3] = (byte) length;
        }
        for (int i = 0; i < 4; i++) {
            frame[header - 4 + i] = (byte) (MASK >>> (24 - 8 * i));
        }
        for (int i = 0; i < length; i++) {
            frame[header + i] = (byte) (text[from + i] ^ frame[header - 4 + i % 4]);
        }
        return frame;
    }

    private static void skipHeaders(DataInputStream in) throws IOException {
        for (int line = 0, last = in.read(); ; last = in.read()) {
            if (last == '\n' && line == 0) {
                return;
            }
            line = last == '\n' ? 0 : last == '\r' ? line : line + 1;
        }
    }

    private static String text(DataInputStream in) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(0x81);
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new String(in.readNBytes(length), UTF_8);
    }
}

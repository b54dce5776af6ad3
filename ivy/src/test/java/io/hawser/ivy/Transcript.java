package io.hawser.ivy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A captured session of the originals, from {@code src/test/resources/vectors}.
 *
 * @param datagrams the hellos in order
 * @param streams all that went over TCP, by direction as {@code from -> to}, in order of the first byte
 */
public record Transcript(List<byte[]> datagrams, Map<String, byte[]> streams) {
    /** Reads the session {@code name}. */
    public static Transcript read(String name) throws IOException {
        List<byte[]> datagrams = new ArrayList<>();
        Map<String, ByteArrayOutputStream> streams = new LinkedHashMap<>();
        try (InputStream in = Objects.requireNonNull(Transcript.class.getResourceAsStream("/vectors/" + name))) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n", -1)) {
                int gap = line.indexOf("  ", 8);
                if (gap < 0 || line.substring(gap + 2).startsWith("<")) {
                    continue;
                }
                byte[] bytes = unescape(line.substring(gap + 2));
                String direction = line.substring(0, gap).strip().split(" ", 3)[2];
                if (line.contains(" UDP ")) {
                    datagrams.add(bytes);
                } else {
                    streams.computeIfAbsent(direction, d -> new ByteArrayOutputStream())
                            .writeBytes(bytes);
                }
            }
        }
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        streams.forEach((direction, stream) -> bytes.put(direction, stream.toByteArray()));
        return new Transcript(datagrams, bytes);
    }

    /** The lines of {@code stream}, without LF. */
    public static List<byte[]> lines(byte[] stream) {
        List<byte[]> lines = new ArrayList<>();
        String text = new String(stream, ISO_8859_1);
        for (int at = 0; at < text.length(); at = text.indexOf('\n', at) + 1) {
            lines.add(text.substring(at, text.indexOf('\n', at)).getBytes(ISO_8859_1));
        }
        return lines;
    }

    private static byte[] unescape(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (text.startsWith("\\n", i)) {
                bytes.write('\n');
                i++;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}

package io.hawser.eftl.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The captured conversations under {@code vectors/}. */
public final class Vectors {
    /** All of them. */
    public static final List<String> FILES = List.of(
            "java.jsonl",
            "js-auth.jsonl",
            "js-dup.jsonl",
            "js-noresume.jsonl",
            "js-proto0.jsonl",
            "js-timeout.jsonl",
            "js.jsonl",
            "python.jsonl");

    private Vectors() {}

    /**
     * One line of a conversation.
     *
     * @param connection which of the client's connections, as counted in the file
     * @param direction {@code HTTP} for the handshake, {@code C>S}, {@code S>C}, {@code C--} and {@code S--} for the end
     * @param text the frame, or the request line of a handshake
     */
    public record Line(int connection, String direction, String text) {}

    /** What the original clients sent, in all files. */
    static Stream<String> clientLines() {
        return FILES.stream()
                .flatMap(file -> lines(file).stream())
                .filter(line -> line.direction().equals("C>S"))
                .map(Line::text);
    }

    /** The conversation in {@code file}. */
    public static List<Line> lines(String file) {
        List<Line> found = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file))) {
            for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                found.add(new Line(Integer.parseInt(member(line, "c")), member(line, "d"), member(line, "m")));
            }
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
        return found;
    }

    private static String member(String line, String wanted) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals(wanted) && token.isScalarValue()) {
                    return parser.getText();
                }
                parser.skipChildren();
            }
        }
        return "0";
    }
}

package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.BodyText;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a body that somebody types or pipes in becomes fields. */
public final class BodyOption {
    /** What a user is told of it. */
    public static final String DESCRIPTION =
            "name=value pairs are typed fields (7 long, 1.5 double, else text; x=\"two words\");"
                    + " anything else is the field 'text'. Without it: what is piped in, less one line end.";

    private static final int MAX_INPUT = 64 << 20;

    @Option(names = "--json", description = "The body is a JSON object: its members are the fields.")
    private boolean json;

    /** Made by the command line. */
    public BodyOption() {}

    /** The fields that {@code body} says, or else what is piped in. */
    public Fields fields(Terminal terminal, @Nullable String body) {
        return read(body != null ? body : input(terminal));
    }

    /** The fields that {@code text} says. */
    public Fields read(String text) {
        try {
            return json ? JsonText.read(text) : BodyText.read(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** All that is piped in, less one line end. */
    public static String input(Terminal terminal) {
        try {
            byte[] bytes = terminal.in().readNBytes(MAX_INPUT + 1);
            if (bytes.length > MAX_INPUT) {
                throw new Failure(Exit.FAILED, "more than " + MAX_INPUT + " bytes are piped in");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.replaceFirst("\\r?\\n\\z", "");
        } catch (CharacterCodingException binary) {
            throw new Failure(Exit.FAILED, "what is piped in is not UTF-8 text", binary);
        } catch (IOException unreadable) {
            throw new Failure(Exit.FAILED, "cannot read what is piped in: " + unreadable.getMessage(), unreadable);
        }
    }
}

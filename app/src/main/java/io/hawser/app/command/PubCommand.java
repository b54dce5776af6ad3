package io.hawser.app.command;

import io.hawser.app.text.BodyText;
import io.hawser.app.text.JsonText;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser pub}: publishes one message. */
@Command(
        name = "pub",
        description = "Publish one message and say how many received it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PubCommand implements Callable<Integer> {
    private static final int MAX_INPUT = 64 << 20;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to, such as robot/7/pose.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BODY",
            description = "name=value pairs are typed fields (7 long, 1.5 double, else text; x=\"two words\");"
                    + " anything else is the field 'text'. Without BODY: what is piped in, less one line end.")
    private @Nullable String body;

    @Option(names = "--json", description = "BODY is a JSON object: its members are the fields.")
    private boolean json;

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public PubCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Fields fields = fields();
        EftlMessage message = EftlMessage.of(addressed(fields));
        try (EftlConnection connection = link.connect(terminal)) {
            int receivers = HubLink.answer(connection.publish(message));
            terminal.say("published " + JsonText.size(fields) + " bytes → " + receivers
                    + (receivers == 1 ? " receiver" : " receivers"));
        }
        return Exit.OK.code();
    }

    private Fields fields() {
        String text = body != null ? body : input();
        try {
            new Topic(topic);
            return json ? JsonText.read(text) : BodyText.read(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private Fields addressed(Fields fields) {
        Fields.Builder addressed = Fields.builder().put("_dest", topic);
        for (int i = 0; i < fields.size(); i++) {
            addressed.put(fields.name(i), fields.value(i));
        }
        return addressed.put("_dest", topic).build();
    }

    private String input() {
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

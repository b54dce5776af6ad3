package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.core.message.Topic;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hawser pub}: publishes one message. */
@Command(
        name = "pub",
        description = "Publish one message and say how many received it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class PubCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to, such as robot/7/pose.")
    private String topic = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "BODY", description = BodyOption.DESCRIPTION)
    private @Nullable String body;

    @Mixin
    private BodyOption form = new BodyOption();

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public PubCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireTopic(topic);
        Fields fields = form.fields(terminal, body);
        EftlMessage message = HubMessage.addressed(topic, fields);
        try (EftlConnection connection = link.connect(terminal)) {
            int receivers = HubLink.answer(connection.publish(message));
            terminal.say("published " + JsonText.size(fields) + " bytes → " + receivers
                    + (receivers == 1 ? " receiver" : " receivers"));
        }
        return Exit.OK.code();
    }

    /** Ends the command if nothing can be said on {@code topic}. */
    static void requireTopic(String topic) {
        try {
            new Topic(topic);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }
}

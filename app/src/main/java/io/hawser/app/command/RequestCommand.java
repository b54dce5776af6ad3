package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.JsonText;
import io.hawser.app.text.SafeText;
import io.hawser.core.value.Fields;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser request}: asks whoever answers on a topic, and prints the answer. */
@Command(
        name = "request",
        description =
                "Ask whoever answers on a topic, and print the first answer: an app, a device, a copter, an agent.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Ends with 5 if nobody is there or nobody answers in time, with 1 if who was asked could not.",
            "With --replies it is no request, which one alone answers, but a message whose field reply_to names a topic:",
            "everybody may publish an answer there, as hawser reply does. Less than N is no failure.",
            "  hawser request iot/pump-1/actions/turn value=0.5",
            "  hawser request clever/copter-1/request/position ''",
            "  hawser request ivy/local/SIM/direct/7 'how high?'",
            "  hawser request tools/who --replies 3 --timeout 2s ''"
        })
public final class RequestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to, such as iot/pump-1/actions/turn.")
    private String topic = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "BODY", description = BodyOption.DESCRIPTION)
    private @Nullable String body;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text: a lone text or value as it is; or json.")
    private Form output = Form.TEXT;

    @Option(
            names = "--replies",
            paramLabel = "N",
            description = "Print up to N answers, from whoever answers within --timeout; 0: all. Default: 1.")
    private int replies = 1;

    @Mixin
    private BodyOption form = new BodyOption();

    @Mixin
    private HubLink link = new HubLink();

    /** How an answer is printed. */
    enum Form {
        TEXT,
        JSON
    }

    /** The command on {@code terminal}. */
    public RequestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        HubMessage.requireTopic(topic);
        if (replies < 0) {
            throw new Failure(Exit.USAGE, "--replies must be 0 or more");
        }
        Fields question = form.fields(terminal, body);
        Duration timeout = link.patience(terminal);
        if (replies != 1) {
            new Replies(replies, this::print).collect(link, terminal, topic, question, timeout);
            return Exit.OK.code();
        }
        EftlMessage message = HubMessage.addressed(topic, question);
        try (EftlConnection connection = link.connect(terminal)) {
            Fields answer = HubLink.answer(connection.sendRequest(message, timeout), timeout.plusSeconds(1))
                    .fields();
            if (!print(answer)) {
                throw new Failure(Exit.FAILED, "the answer cannot be printed");
            }
        }
        return Exit.OK.code();
    }

    private boolean print(Fields answer) {
        return terminal.print(output == Form.TEXT ? text(answer) : JsonText.write(answer));
    }

    private static String text(Fields answer) {
        return SafeText.of(
                answer.size() == 1 && answer.string(answer.name(0)).isPresent()
                        ? answer.string(answer.name(0)).get()
                        : JsonText.write(answer));
    }
}

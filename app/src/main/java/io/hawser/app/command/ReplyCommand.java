package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Shell;
import io.hawser.app.terminal.Shutdown;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.BodyText;
import io.hawser.app.text.JsonText;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.SubscribeOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser reply}: answers requests with a text, or with what a command prints. */
@Command(
        name = "reply",
        description = "Answer the requests on a topic, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser reply tools/time --command date", "  hawser reply tools/hello 'text=hello yourself'"})
public final class ReplyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private long answered;

    @Parameters(
            index = "0",
            paramLabel = "TOPIC",
            description = "Which topics: * stands for one segment, a last > for the rest.")
    private String topic = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "BODY",
            description = "The answer, as hawser pub says a body.")
    private @Nullable String body;

    @Option(
            names = "--command",
            paramLabel = "CMD",
            description =
                    "Run this in a shell for each; the request is its input as JSON, what it prints the answer's text.")
    private @Nullable String command;

    @Option(names = "--count", paramLabel = "N", description = "End after N requests.")
    private long count = Long.MAX_VALUE;

    @Mixin
    private HubLink link = new HubLink();

    /** The command on {@code terminal}. */
    public ReplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if ((body == null) == (command == null)) {
            throw new Failure(Exit.USAGE, "say what to answer: either BODY or --command");
        }
        SubscribeOptions requests = wanted();
        try (Visit visit = new Visit(link, terminal)) {
            HubLink.answer(visit.connection().subscribe(requests, request -> answer(visit, request)));
            link.say(terminal, "answering; Ctrl-C ends it");
            visit.await(Shutdown.NEVER);
        }
        return Exit.OK.code();
    }

    private SubscribeOptions wanted() {
        try {
            Fields matcher =
                    Fields.of("_dest", Value.of(TopicPattern.parse(topic).toString()));
            return SubscribeOptions.matching(JsonText.write(matcher));
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void answer(Visit visit, EftlMessage request) {
        if (!Replies.areWanted(request) || answered >= count) {
            return;
        }
        try {
            EftlMessage reply = body == null
                    ? EftlMessage.ofText(Shell.run(String.valueOf(command), JsonText.write(request.fields())))
                    : EftlMessage.of(BodyText.read(body));
            Replies.send(visit.connection(), request, reply).whenComplete((done, failure) -> {
                if (failure != null) {
                    terminal.insist("not answered: " + failure.getMessage());
                }
                if (++answered == count) {
                    visit.enough();
                }
            });
        } catch (IOException | IllegalArgumentException broken) {
            terminal.insist("not answered: " + broken.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.hawser.app.operate;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.SafeText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser subs}: prints who wants which messages, or who would get one. */
@Command(
        name = "subs",
        description = "Print who wants which messages, one subscription a line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "  hawser subs",
            "  hawser subs --for robot/7/pose --as alice   # who gets it, who not, and why; may alice publish it?"
        })
public final class SubsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--for",
            paramLabel = "TOPIC",
            description =
                    "Only whom this topic is about, with a verdict: yes, if (what must hold), no (what forbids it).")
    private @Nullable String topic;

    @Option(names = "--as", paramLabel = "USER", description = "And whether this user may publish there.")
    private @Nullable String user;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public SubsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (topic == null && user != null) {
            throw new Failure(Exit.USAGE, "--as is for --for TOPIC");
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (topic != null) {
            query.put("for", topic);
        }
        if (user != null) {
            query.put("as", user);
        }
        return link.list(
                terminal, "subscriptions", query, topic == null ? "" : "nobody would hear " + SafeText.of(topic));
    }
}

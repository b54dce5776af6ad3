package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.text.JsonText;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.value.Fields;
import io.hawser.eftl.SubscribeOptions;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which messages a command is about. */
public final class WantedMessages {
    private static final String DESTINATION = "_dest";

    @Option(
            names = "--re",
            paramLabel = "REGEX",
            description = "Only messages in whose text this is found; said again: or this.")
    private List<String> regexps = List.of();

    @Option(
            names = "--match",
            paramLabel = "JSON",
            description =
                    "Only messages with these fields: {\"msg\":\"GPS\",\"lat\":true}; true is present, false absent.")
    private @Nullable String match;

    /** Made by the command line. */
    public WantedMessages() {}

    /** True if an option narrows them. */
    boolean narrowed() {
        return !regexps.isEmpty() || match != null;
    }

    /** The subscription to them on {@code topic}, all topics if it is null. */
    public SubscribeOptions on(@Nullable String topic) {
        try {
            TopicPattern pattern = TopicPattern.parse(topic == null ? TopicPattern.REST : topic);
            Fields matcher = match == null ? Fields.EMPTY : JsonText.read(match);
            if (!pattern.everything()) {
                matcher =
                        matcher.toBuilder().put(DESTINATION, pattern.toString()).build();
            }
            SubscribeOptions wanted = SubscribeOptions.matching(JsonText.write(matcher));
            for (String regexp : regexps) {
                Regexp.compile(regexp);
            }
            return regexps.isEmpty() ? wanted : wanted.regexp(either());
        } catch (RegexpException wrong) {
            throw new Failure(Exit.USAGE, "--re: " + wrong.getMessage(), wrong);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private String either() {
        return regexps.size() == 1
                ? regexps.get(0)
                : regexps.stream().map(each -> "(?:" + each + ")").collect(Collectors.joining("|"));
    }
}

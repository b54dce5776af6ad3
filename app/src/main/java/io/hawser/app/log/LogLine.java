package io.hawser.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.hawser.core.event.EventCode;
import io.hawser.core.message.Topic;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a line of the log says beside its words. A line of a gateway begins with whom it is about, {@code eftl[gcs-7] login refused},
 * and is logged as {@code "eftl[{}] login refused"}: so the protocol and who it is are known without reading the words, which may be
 * foreign.
 */
record LogLine(ILoggingEvent line) {
    private static final Pattern ABOUT =
            Pattern.compile("(eftl|rest|ivy|clever|iot|link)\\[\\{}]( \\{})?.*", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("/?((\\d{1,3}\\.){3}\\d{1,3}|\\[[0-9a-f:.%]+])(:\\d{1,5})?");

    /** Which change of the hub's state it tells of, if of one. */
    Optional<EventCode> event() {
        return all(EventCode.class).findFirst();
    }

    /** In which protocol. */
    Optional<String> protocol() {
        return about().map(words -> words.group(1));
    }

    /** Who it is about, if that is known by a name; of an Ivy domain the agent. */
    Optional<String> client() {
        boolean agent = protocol().filter("ivy"::equals).isPresent();
        if (agent && about().map(words -> words.group(2)).isEmpty()) {
            return Optional.empty();
        }
        return about().flatMap(words -> argument(agent ? 1 : 0)).filter(name -> !isAddress(name));
    }

    /** From where. */
    Optional<String> remote() {
        return Stream.concat(
                        all(InetSocketAddress.class).map(Object::toString),
                        about().flatMap(words -> argument(0)).filter(LogLine::isAddress).stream())
                .findFirst()
                .map(address -> address.startsWith("/") ? address.substring(1) : address);
    }

    /** On which topic. */
    Optional<String> topic() {
        return all(Topic.class).map(Topic::text).findFirst();
    }

    private Optional<Matcher> about() {
        return Optional.of(ABOUT.matcher(line.getMessage())).filter(Matcher::matches);
    }

    private static boolean isAddress(String name) {
        return ADDRESS.matcher(name).matches();
    }

    private Optional<String> argument(int index) {
        return arguments().skip(index).findFirst().map(String::valueOf);
    }

    private <T> Stream<T> all(Class<T> type) {
        return arguments().filter(type::isInstance).map(type::cast);
    }

    private Stream<Object> arguments() {
        Object[] arguments = line.getArgumentArray();
        return arguments == null ? Stream.of() : Arrays.stream(arguments);
    }
}

package io.hawser.ivy.gateway;

import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.gateway.paparazzi.PaparazziMessages;
import io.hawser.ivy.wire.IvyDomain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which Ivy domain the gateway joins and how.
 *
 * @param name the domain's name on the bus, as in the topic {@code ivy/<name>/<agent>}; 1 to 64 letters, digits, '-' and '_'
 * @param bus the networks and the port, such as {@code 127.255.255.255:2010}
 * @param agent the name that Ivy programs see
 * @param patterns regexps with named groups; the first that is found in a text makes typed fields of its groups
 * @param types of which types fields are that patterns make; others are numbers where they look like one, else strings
 * @param paparazzi the messages of Paparazzi UAV that are spoken there; they are tried before the patterns
 * @param listen regexps without groups: texts in which none is found do not leave the agents; none: all texts are taken
 * @param everything messages without a text go to the agents too, as their topic and {@code name=value} for each field
 * @param seeds where agents are that a broadcast does not reach
 * @param bindAddress where connections are accepted; empty: on loopback if domain and seeds are there, else everywhere
 * @param ports where connections are accepted, the first that is free
 * @param fromHubs whether what other hubs say in the domain goes on, into other domains and over links, as if agents had said it
 */
public record IvySettings(
        String name,
        String bus,
        String agent,
        List<String> patterns,
        List<FieldType> types,
        Optional<PaparazziMessages> paparazzi,
        List<String> listen,
        boolean everything,
        List<InetSocketAddress> seeds,
        Optional<InetAddress> bindAddress,
        PortRange ports,
        boolean fromHubs) {
    /** The usual bus of one machine, as {@code local}, without patterns. */
    public static final IvySettings DEFAULT = new IvySettings("local", "127.255.255.255:2010", "HAWSER", List.of());

    /**
     * Settings with copies of the lists.
     *
     * @throws IllegalArgumentException with a text for the user if the name or {@code listen} is wrong
     */
    public IvySettings {
        patterns = List.copyOf(patterns);
        types = List.copyOf(types);
        listen = List.copyOf(listen);
        seeds = List.copyOf(seeds);
        if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "the name of an Ivy domain becomes a part of topics: 1 to 64 letters, digits, '-' and '_', not '"
                            + name + "'");
        }
        Listening.regexp(listen);
    }

    /** Settings for a whole domain, without seeds, on whatever port the system gives. */
    public IvySettings(String name, String bus, String agent, List<String> patterns) {
        this(
                name,
                bus,
                agent,
                patterns,
                List.of(),
                Optional.empty(),
                List.of(),
                false,
                List.of(),
                Optional.empty(),
                PortRange.ANY,
                false);
    }

    /** These settings on another bus. */
    public IvySettings withBus(String other) {
        return new IvySettings(
                name,
                other,
                agent,
                patterns,
                types,
                paparazzi,
                listen,
                everything,
                seeds,
                bindAddress,
                ports,
                fromHubs);
    }

    /** These settings with other patterns. */
    public IvySettings withPatterns(List<String> others) {
        return new IvySettings(
                name, bus, agent, others, types, paparazzi, listen, everything, seeds, bindAddress, ports, fromHubs);
    }

    /** These settings with the types of what patterns make, and the messages of Paparazzi UAV. */
    public IvySettings withFields(List<FieldType> others, Optional<PaparazziMessages> messages) {
        return new IvySettings(
                name, bus, agent, patterns, others, messages, listen, everything, seeds, bindAddress, ports, fromHubs);
    }

    /** These settings, asking for other texts. */
    public IvySettings withListen(List<String> others) {
        return new IvySettings(
                name, bus, agent, patterns, types, paparazzi, others, everything, seeds, bindAddress, ports, fromHubs);
    }

    /** These settings, with messages without a text too or not. */
    public IvySettings withEverything(boolean all) {
        return new IvySettings(
                name, bus, agent, patterns, types, paparazzi, listen, all, seeds, bindAddress, ports, fromHubs);
    }

    /** These settings, with what other hubs say going on or not. */
    public IvySettings withFromHubs(boolean on) {
        return new IvySettings(
                name, bus, agent, patterns, types, paparazzi, listen, everything, seeds, bindAddress, ports, on);
    }

    /** What is wrong with a regexp of {@link #listen}, for the user; empty if nothing is. */
    public static String objectionToListen(String regexp) {
        try {
            if (Regexp.compile(regexp).groups() > 0) {
                return "must not capture, because the whole text is taken: write (?:...) for (...)";
            }
        } catch (RegexpException wrong) {
            return "is not a regular expression: " + wrong.getMessage();
        }
        return regexp.matches("(?s).*(\\(\\?[A-Za-z]|[\\n\\x00]).*")
                ? "must be understood by every Ivy program: without flags such as (?i), line feeds and NUL"
                : "";
    }

    IvyOptions options(String agentId) {
        IvyOptions usual = IvyOptions.of(agent, agentId, IvyDomain.parse(bus));
        return new IvyOptions(
                agent, agentId, usual.domain(), seeds, bindAddress, ports, usual.beaconPort(), usual.limits());
    }
}

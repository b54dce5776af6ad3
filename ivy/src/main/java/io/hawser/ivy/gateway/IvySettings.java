package io.hawser.ivy.gateway;

import java.util.List;

/**
 * Which Ivy domain the gateway joins and how.
 *
 * @param name the domain's name on the bus, as in the topic {@code ivy/<name>/<agent>}
 * @param bus the networks and the port, such as {@code 127.255.255.255:2010}
 * @param agent the name that Ivy programs see
 * @param patterns regexps with named groups; the first that is found in a text makes typed fields of its groups
 */
public record IvySettings(String name, String bus, String agent, List<String> patterns) {
    /** The usual bus of one machine, as {@code local}, without patterns. */
    public static final IvySettings DEFAULT = new IvySettings("local", "127.255.255.255:2010", "HAWSER", List.of());

    /** Settings with a copy of {@code patterns}. */
    public IvySettings {
        patterns = List.copyOf(patterns);
    }

    /** These settings on another bus. */
    public IvySettings withBus(String other) {
        return new IvySettings(name, other, agent, patterns);
    }

    /** These settings with other patterns. */
    public IvySettings withPatterns(List<String> others) {
        return new IvySettings(name, bus, agent, others);
    }
}

package io.hawser.app.hub;

import com.typesafe.config.Config;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.ivy.wire.IvyDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the section {@code ivy}: any number of named buses, each on top of the same template. */
final class IvyBuses {
    private final Settings ivy;
    private final Config template;
    private final Map<IvyDomain, String> joined = new HashMap<>();

    IvyBuses(Settings ivy, Config template) {
        this.ivy = ivy;
        this.template = template;
    }

    /** The buses, ordered by name. */
    List<IvySettings> read() {
        List<IvySettings> buses = new ArrayList<>();
        for (String name : ivy.names()) {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                ivy.problem(name, "the name becomes a part of topics: use letters, digits, '-' and '_'");
            }
            buses.add(bus(name, ivy.section(name, template)));
        }
        return buses;
    }

    private IvySettings bus(String name, Settings bus) {
        String network = bus.text("bus");
        try {
            IvyDomain domain = IvyDomain.parse(network);
            bus.address("bus", domain.loopback());
            String other = joined.putIfAbsent(domain, name);
            if (other != null) {
                bus.problem("bus", "is the bus of " + ivy.path(other) + " too; join a bus under one name");
            }
        } catch (IllegalArgumentException wrong) {
            bus.problem("bus", String.valueOf(wrong.getMessage()));
        }
        String agent = bus.text("agent");
        if (!agent.matches("[^\\s\\p{Cc}]+")) {
            bus.problem("agent", "must be a name without spaces");
        }
        return new IvySettings(name, network, agent, patterns(bus));
    }

    private static List<String> patterns(Settings bus) {
        return bus.texts("patterns", pattern -> {
            try {
                Regexp.compile(pattern);
                return "";
            } catch (RegexpException wrong) {
                return "is not a regular expression: " + wrong.getMessage();
            }
        });
    }
}

package io.hawser.app.config;

import com.typesafe.config.Config;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.ivy.engine.IvyOptions;
import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.gateway.FieldType;
import io.hawser.ivy.gateway.IvySettings;
import io.hawser.ivy.gateway.paparazzi.PaparazziFile;
import io.hawser.ivy.gateway.paparazzi.PaparazziMessages;
import io.hawser.ivy.wire.IvyDomain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
            if (name.matches("[A-Za-z0-9_-]{1,64}")) {
                buses.add(bus(name, ivy.section(name, template)));
            } else {
                ivy.problem(name, "the name becomes a part of topics: use at most 64 letters, digits, '-' and '_'");
            }
        }
        return buses;
    }

    private IvySettings bus(String name, Settings bus) {
        Optional<IvyDomain> domain = domain(name, bus);
        String agent = bus.text("agent");
        if (!agent.matches("[^\\s\\p{Cc}]+")) {
            bus.problem("agent", "must be a name without spaces");
        }
        try {
            return new IvySettings(
                    name,
                    bus.text("bus"),
                    agent,
                    patterns(bus),
                    types(bus),
                    paparazzi(bus),
                    listen(bus),
                    bus.yes("everything"),
                    seeds(bus, domain.orElse(IvyDomain.DEFAULT)),
                    bindAddress(bus),
                    ports(bus),
                    bus.yes("from-hubs"));
        } catch (IllegalArgumentException wrong) {
            bus.problem("listen", String.valueOf(wrong.getMessage()));
            return IvySettings.DEFAULT;
        }
    }

    private Optional<IvyDomain> domain(String name, Settings bus) {
        try {
            IvyDomain domain = IvyDomain.parse(bus.text("bus"));
            bus.address("bus", domain.loopback());
            String other = joined.putIfAbsent(domain, name);
            if (other != null) {
                bus.problem("bus", "is the bus of " + ivy.path(other) + " too; join a bus under one name");
            }
            return Optional.of(domain);
        } catch (IllegalArgumentException wrong) {
            bus.problem("bus", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static List<String> listen(Settings bus) {
        List<String> sound = new ArrayList<>();
        bus.texts("listen", pattern -> {
            String objection = IvySettings.objectionToListen(pattern);
            if (objection.isEmpty()) {
                sound.add(pattern);
            }
            return objection;
        });
        return sound;
    }

    private static List<InetSocketAddress> seeds(Settings bus, IvyDomain domain) {
        List<InetSocketAddress> seeds = new ArrayList<>();
        bus.texts("seeds", text -> {
            try {
                seeds.add(IvyOptions.seed(text, domain));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        bus.address("seeds", seeds.stream().allMatch(seed -> seed.getAddress().isLoopbackAddress()));
        return seeds;
    }

    private static Optional<InetAddress> bindAddress(Settings bus) {
        Optional<InetAddress> address = bus.textIfAny("bind-address").flatMap(text -> {
            try {
                return Optional.of(InetAddress.getByName(text));
            } catch (UnknownHostException unknown) {
                bus.problem("bind-address", "is no address of this machine");
                return Optional.empty();
            }
        });
        address.ifPresent(known -> bus.address("bind-address", known.isLoopbackAddress()));
        return address;
    }

    private static PortRange ports(Settings bus) {
        try {
            return bus.textIfAny("ports").map(PortRange::parse).orElse(PortRange.ANY);
        } catch (IllegalArgumentException wrong) {
            bus.problem("ports", String.valueOf(wrong.getMessage()));
            return PortRange.ANY;
        }
    }

    private static List<FieldType> types(Settings bus) {
        List<FieldType> types = new ArrayList<>();
        bus.texts("types", line -> {
            try {
                types.add(FieldType.parse(line));
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return types;
    }

    private static Optional<PaparazziMessages> paparazzi(Settings bus) {
        try {
            return bus.textIfAny("paparazzi").map(file -> PaparazziFile.read(Path.of(file)));
        } catch (IllegalArgumentException wrong) {
            bus.problem("paparazzi", String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
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

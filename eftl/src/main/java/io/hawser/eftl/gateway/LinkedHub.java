package io.hawser.eftl.gateway;

import io.hawser.core.access.Action;
import io.hawser.core.route.Bus;
import io.hawser.eftl.gateway.channel.EftlClient;
import io.hawser.eftl.gateway.channel.EftlMapping;
import java.util.Optional;

/** Which clients may be links of other hubs: whoever is believed to be one speaks in everybody's name. */
final class LinkedHub {
    private LinkedHub() {}

    /** Why {@code client}, who wants to be on the channel of {@code mapping}, may not; empty if it may, or is a program. */
    static Optional<String> objection(EftlClient client, EftlMapping mapping, Bus bus) {
        String hub = client.hub().orElse("");
        if (hub.isEmpty()) {
            return Optional.empty();
        }
        if (!hub.matches("[A-Za-z0-9_-]{1,64}")) {
            return Optional.of("the id of a hub has 1 to 64 letters, digits, '-' and '_'");
        }
        if (hub.equals(bus.linkage().hub())) {
            return Optional.of("this is the hub itself: a hub is linked to others only");
        }
        if (!mapping.open()) {
            return Optional.of("only the open bus crosses: link to its channel, not to /"
                    + mapping.channel().name());
        }
        String who = client.principal().name();
        return bus.access().allows(client.principal(), Action.LINK, "hub/" + hub)
                ? Optional.empty()
                : Optional.of(
                        who + " may not link a hub: it takes a rule such as 'allow " + who + " link hub/" + hub + "'");
    }
}

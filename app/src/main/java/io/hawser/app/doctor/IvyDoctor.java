package io.hawser.app.doctor;

import io.hawser.core.value.Fields;
import io.hawser.ivy.IvyCensus;
import io.hawser.net.CannotListenException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Looks whether the hub knows all agents of its Ivy domains. An original whose hello the hub missed stays apart from it until one of
 * the two joins anew, and neither knows ({@code specs/ivy.md} 1.1); a newcomer is met by both.
 */
public final class IvyDoctor {
    private static final String WHAT = "ivy";
    private static final String NAME = "HAWSER_DOCTOR";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private IvyDoctor() {}

    /**
     * What a census of the domain shows. Takes two seconds.
     *
     * @param domain a row of the hub's {@code /ivy}
     * @param clients the rows of its {@code /clients}
     */
    public static List<Finding> look(Fields domain, List<Fields> clients) {
        String name = text(domain, "domain");
        String bus = text(domain, "bus");
        Optional<IvyCensus.Agent> hub = agent(text(domain, "agent"), text(domain, "address"));
        if (domain.has("left") || hub.isEmpty()) {
            return List.of(Finding.bad(WHAT, name + ": the hub has left this domain", "restart the hub"));
        }
        IvyCensus census;
        try {
            census = IvyCensus.take(NAME, bus, PATIENCE).join();
        } catch (IllegalArgumentException | CompletionException | CannotListenException failed) {
            return List.of(Finding.bad(
                    WHAT,
                    name + ": " + bus + " cannot be joined from here: " + failed.getMessage(),
                    "run hawser doctor on a machine of that network"));
        }
        if (census.agents().stream()
                .noneMatch(agent ->
                        agent.address().getPort() == hub.get().address().getPort())) {
            return List.of(Finding.bad(
                    WHAT,
                    name + ": the hub's agent is not met on " + bus,
                    "broadcasts do not reach it: run hawser doctor on its machine, or name it a seed"));
        }
        List<IvyCensus.Agent> known = new ArrayList<>();
        clients.stream()
                .filter(row -> text(row, "protocol").equals(WHAT)
                        && text(row, "domain").equals(name))
                .forEach(row -> agent(text(row, "id"), text(row, "address")).ifPresent(known::add));
        List<IvyCensus.Apart> apart = census.apart(hub.get(), known);
        return apart.isEmpty()
                ? List.of(
                        Finding.good(WHAT, name + ": all agents of " + bus + " are known to the hub: " + known.size()))
                : apart.stream().map(pair -> apart(name, pair)).toList();
    }

    private static Finding apart(String domain, IvyCensus.Apart pair) {
        return Finding.bad(
                WHAT,
                domain + ": " + pair.other()
                        + " and the hub have missed each other's hello, and hear nothing of each other",
                "restart " + pair.other().name());
    }

    private static Optional<IvyCensus.Agent> agent(String name, String address) {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        return colon < 0 || !port.matches("[0-9]{1,5}")
                ? Optional.empty()
                : Optional.of(new IvyCensus.Agent(
                        name, new InetSocketAddress(address.substring(0, colon), Integer.parseInt(port))));
    }

    private static String text(Fields row, String name) {
        return row.string(name).orElse("");
    }
}

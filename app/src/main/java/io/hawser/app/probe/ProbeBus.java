package io.hawser.app.probe;

import io.hawser.app.text.SafeText;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.ivy.IvyAgent;
import io.hawser.ivy.IvyAgentBuilder;
import io.hawser.ivy.IvyClient;
import io.hawser.ivy.IvyListener;
import io.hawser.ivy.IvyReach;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One bus of a probe: an agent that shows what happens there in the words of ivyprobe 3.15, read off its output. What it
 * hears is shown on the agent's callback thread; everything else is called by the thread that reads commands.
 */
final class ProbeBus implements IvyListener, AutoCloseable {
    private final Probe probe;
    private final String prefix;
    private final IvyAgent agent;

    /**
     * Joins {@code domain}; each line of it begins with {@code prefix}.
     *
     * @throws IllegalArgumentException with a text for the user if the name or the domain is wrong
     * @throws io.hawser.net.CannotListenException if a port cannot be bound
     */
    ProbeBus(Probe probe, ProbeWishes wishes, String domain, String prefix) {
        this.probe = probe;
        this.prefix = prefix;
        IvyAgentBuilder builder = IvyAgent.builder(wishes.name())
                .domain(domain)
                .ready(wishes.name() + " Ready")
                .messageClasses(wishes.classes().toArray(String[]::new))
                .listener(this);
        this.agent = builder.join();
        for (String network : agent.domain().split(",", -1)) {
            int colon = network.lastIndexOf(':');
            String port = agent.domain().substring(agent.domain().lastIndexOf(':') + 1);
            show("Broadcasting on network " + (colon < 0 ? network : network.substring(0, colon)) + ", port "
                    + (colon < 0 ? port : network.substring(colon + 1)));
        }
    }

    IvyAgent agent() {
        return agent;
    }

    /** Everybody called {@code name}; ivyprobe means the first. */
    List<IvyClient> clients(String name) {
        return agent.clients(name);
    }

    /** Asks for what matches {@code regexp}; one that makes no sense is told, as ivyprobe does. */
    void bind(String regexp) {
        try {
            Regexp.compile(regexp);
            agent.bind(regexp, this::heard);
        } catch (RegexpException wrong) {
            show("Error compiling '" + regexp + "', " + wrong.getMessage() + ", not bound");
        } catch (IllegalArgumentException wrong) {
            show("'" + regexp + "' is not bound: " + wrong.getMessage());
        }
    }

    IvyReach send(String text) {
        return agent.send(text);
    }

    void show(String line) {
        probe.screen().show(prefix + SafeText.of(line));
    }

    @Override
    public void close() {
        agent.close();
    }

    private void heard(IvyClient client, List<String> args) {
        StringBuilder line = new StringBuilder(client.name()).append(" sent ");
        args.forEach(arg -> line.append(" '").append(arg).append('\''));
        show(line.toString());
    }

    @Override
    public void joined(IvyClient client) {
        show(client.name() + " connected from " + host(client));
        probe.joined();
    }

    @Override
    public void left(IvyClient client, String reason) {
        show(client.name() + " disconnected from " + host(client));
        probe.left();
    }

    @Override
    public void subscribed(IvyClient client, int id, String regexp) {
        if (probe.showsBindings()) {
            show("Application: " + client.name() + " on " + host(client) + " add regexp " + id + " : " + regexp);
        }
    }

    @Override
    public void unsubscribed(IvyClient client, int id) {
        if (probe.showsBindings()) {
            show("Application: " + client.name() + " on " + host(client) + " remove regexp " + id);
        }
    }

    @Override
    public void direct(IvyClient client, int number, String text) {
        show(client.name() + " sent a direct message, id=" + number + ", message=" + text);
    }

    @Override
    public void die(IvyClient client, int number, String reason) {
        show(client.name() + " asks this probe to end" + (reason.isEmpty() ? "" : ": " + reason));
        probe.end();
    }

    @Override
    public void problem(IvyClient client, int code, String reason) {
        show(client.name() + " reports error " + code + ": " + reason);
    }

    @Override
    public void congested(IvyClient client) {
        show(client.name() + " reads too slowly: what it does not read is lost");
    }

    @Override
    public void relieved(IvyClient client) {
        show(client.name() + " reads again");
    }

    /** Asks {@code client} for a sign of life and shows how long it took. */
    void ping(IvyClient client) {
        client.ping().whenComplete((time, failure) -> {
            if (failure == null) {
                show(String.format(Locale.ROOT, "%s respond to ping in %.3f ms", client.name(), time.toNanos() / 1e6));
            } else {
                show(client.name() + " does not respond to ping");
            }
        });
    }

    /** All subscriptions of {@code client}, a line each. */
    List<String> bound(IvyClient client) {
        List<String> lines = new ArrayList<>();
        client.regexps().forEach((id, regexp) -> lines.add(client.name() + " has subscribed to: " + regexp));
        return lines;
    }

    /** {@code localhost}, or an address: names of other hosts would have to be asked for, and some networks have no answer. */
    static String host(IvyClient client) {
        InetAddress address = client.address().getAddress();
        return address.isLoopbackAddress() ? "localhost" : address.getHostAddress();
    }
}

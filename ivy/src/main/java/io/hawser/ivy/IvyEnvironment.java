package io.hawser.ivy;

import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.wire.IvyDomain;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Function;

/** What an agent learns from the machine that it runs on: which bus is meant, which ports, and where hosts are. */
final class IvyEnvironment {
    private static final String BUS = "IVYBUS";
    private static final String RANGE = "IVYRANGE";

    private IvyEnvironment() {}

    /**
     * The bus when the program names none: ivy-java has a property for it, all others a variable ({@code specs/ivy.md} 1.12).
     *
     * @throws IllegalArgumentException with a text for the user
     */
    static IvyDomain bus(Function<String, Optional<String>> properties, Function<String, Optional<String>> variables) {
        String text = properties.apply(BUS).or(() -> variables.apply(BUS)).orElse("");
        try {
            return IvyDomain.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(BUS + ": " + e.getMessage(), e);
        }
    }

    /**
     * Where an agent listens when the program names no ports: ivy-java has a property for it ({@code specs/ivy.md} 1.12).
     *
     * @throws IllegalArgumentException with a text for the user
     */
    static PortRange ports(Function<String, Optional<String>> properties) {
        String text = properties.apply(RANGE).orElse("");
        if (text.isEmpty()) {
            return PortRange.ANY;
        }
        if (!text.matches("[1-9][0-9]{0,4}-[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    RANGE + ": the ports '" + text + "' are wrong: expected 'first-last', for example '40000-40099'");
        }
        int dash = text.indexOf('-');
        try {
            return new PortRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(RANGE + ": " + e.getMessage(), e);
        }
    }

    static Optional<String> property(String key) {
        return Optional.ofNullable(System.getProperty(key)).filter(value -> !value.isEmpty());
    }

    static Optional<String> variable(String key) {
        return Optional.ofNullable(System.getenv(key)).filter(value -> !value.isEmpty());
    }

    /**
     * Where {@code host} or {@code host:port} is. May wait for a name server.
     *
     * @throws IllegalArgumentException with a text for the user
     */
    static InetSocketAddress seed(String text, int usualPort) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? Integer.toString(usualPort) : text.substring(colon + 1);
        if (host.isEmpty()
                || host.indexOf(':') >= 0
                || !port.matches("[1-9][0-9]{0,4}")
                || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException(
                    "the seed '" + text + "' is wrong: expected 'host' or 'host:port', for example '172.17.0.2:2010'");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the seed '" + text + "' is wrong: no address is known for its host", e);
        }
    }
}

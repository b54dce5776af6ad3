package io.hawser.ivy;

import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.wire.IvyDomain;
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
        try {
            return PortRange.parse(text);
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
}

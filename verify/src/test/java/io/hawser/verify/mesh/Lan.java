package io.hawser.verify.mesh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines on two networks of their own, made of network namespaces; only root can. Machine {@code i} is 10.99.0.i on the
 * first network and 10.98.0.i on the second, where the cable is not plugged in until {@link #plug}.
 */
final class Lan implements AutoCloseable {
    private final String prefix = "hw" + ProcessHandle.current().pid();
    private final List<String> namespaces = new ArrayList<>();
    private final int machines;

    /** Why there is none; empty if there is one. */
    static String missing() {
        try (Lan probe = new Lan(1)) {
            return probe.machines == 1 ? "" : "no machine";
        } catch (IOException said) {
            return "no network namespaces can be made (root can): " + said.getMessage();
        }
    }

    Lan(int machines) throws IOException {
        this.machines = machines;
        try {
            ip("netns", "add", switchboard());
            namespaces.add(switchboard());
            for (int network = 8; network <= 9; network++) {
                ip("-n", switchboard(), "link", "add", "br" + network, "type", "bridge");
                ip("-n", switchboard(), "link", "set", "br" + network, "up");
            }
            for (int machine = 1; machine <= machines; machine++) {
                ip("netns", "add", namespace(machine));
                namespaces.add(namespace(machine));
                ip("-n", namespace(machine), "link", "set", "lo", "up");
                wire(machine, 8);
                wire(machine, 9);
                ip("-n", namespace(machine), "route", "add", "224.0.0.0/4", "dev", "eth9");
                plug(machine, 9);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** What runs a program on {@code machine}. */
    List<String> on(int machine) {
        return List.of("ip", "netns", "exec", namespace(machine));
    }

    static String address(int machine, int network) {
        return "10.9" + network + ".0." + machine;
    }

    /** The cable of {@code machine} into the first (9) or second (8) network is plugged in. */
    void plug(int machine, int network) throws IOException {
        ip("-n", switchboard(), "link", "set", port(machine, network), "up");
    }

    /** It is pulled out: nothing passes, and nobody is told. */
    void pull(int machine, int network) throws IOException {
        ip("-n", switchboard(), "link", "set", port(machine, network), "down");
    }

    /** Nothing passes, as from a radio out of reach: {@code machine} sees no change, where it would notice a cable's end. */
    void outOfReach(int machine, int network) throws IOException {
        ip("-n", switchboard(), "link", "set", port(machine, network), "nomaster");
    }

    /** It is in reach again. */
    void inReach(int machine, int network) throws IOException {
        ip("-n", switchboard(), "link", "set", port(machine, network), "master", "br" + network);
    }

    private void wire(int machine, int network) throws IOException {
        String port = port(machine, network);
        String here = "eth" + network;
        ip("-n", switchboard(), "link", "add", port, "type", "veth", "peer", "name", here, "netns", namespace(machine));
        inReach(machine, network);
        ip("-n", namespace(machine), "addr", "add", address(machine, network) + "/24", "brd", "+", "dev", here);
        ip("-n", namespace(machine), "link", "set", here, "up");
    }

    private String switchboard() {
        return prefix + "s";
    }

    private String namespace(int machine) {
        return prefix + "m" + machine;
    }

    private static String port(int machine, int network) {
        return "p" + machine + "n" + network;
    }

    private static void ip(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (!said.isEmpty()) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** With each namespace goes what is in it, once nothing runs there. */
    @Override
    public void close() throws IOException {
        for (String namespace : namespaces) {
            ip("netns", "del", namespace);
        }
        namespaces.clear();
    }
}

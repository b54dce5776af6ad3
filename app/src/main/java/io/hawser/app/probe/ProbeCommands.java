package io.hawser.app.probe;

import io.hawser.app.text.SafeText;
import io.hawser.ivy.IvyClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is typed into a probe: a line that begins with a dot is a command, everything else is said on the bus. The commands
 * are those of ivyprobe, in its words, and the further ones of the probes in Java and Python ({@code specs/ivy.md} 2.8, 3).
 */
public final class ProbeCommands {
    private final Probe probe;
    private final InstantSource clock;
    private final Consumer<String> complaint;
    private final Map<String, Command> commands = new LinkedHashMap<>();

    /** The commands of {@code probe}; {@code complaint} is told what cannot be done, in words for the user. */
    public ProbeCommands(Probe probe, InstantSource clock, Consumer<String> complaint) {
        this.probe = probe;
        this.clock = clock;
        this.complaint = complaint;
        add("help", "", "this help", rest -> help());
        add("quit", "", "leave the bus and end; so do .bye and the end of the input", rest -> probe.end());
        add("die", "NAME", "ask an agent to end", rest -> with(rest, (bus, client, more) -> client.die()));
        add("dieall-yes-i-am-sure", "", "ask all agents to end", rest -> dieAll());
        add("direct", "NAME ID 'TEXT'", "say a text to one agent alone", rest -> with(rest, this::direct));
        add("error", "NAME ID 'TEXT'", "tell an agent that something was wrong", rest -> with(rest, this::error));
        add(
                "ping",
                "NAME",
                "measure the way to an agent and back",
                rest -> with(rest, (bus, who, more) -> bus.ping(who)));
        add("where", "NAME", "on which host an agent is", rest -> with(rest, this::where));
        add("bind", "'REGEXP'", "show what matches", rest -> bind(unquoted(rest)));
        add("unbind", "'REGEXP'", "no longer show what matches", rest -> unbind(unquoted(rest)));
        add("showbind", "", "show, or no longer show, what others subscribe", rest -> probe.toggleBindings());
        add("bound", "[NAME|*]", "what we, an agent or all have subscribed", this::bound);
        add("who", "", "who is on the bus", rest -> who());
        add("list", "", "the same, a line each", rest -> list());
        add("time", "COUNT TEXT", "measure how long it takes to say a text so often", this::time);
        alias("bye", "quit");
        alias("die-all-yes-i-am-sure", "dieall-yes-i-am-sure");
        alias("regexps", "bound");
        alias("remove", "unbind");
    }

    /** Does what {@code line} asks for. */
    public void accept(String line) {
        if (!line.startsWith(".")) {
            say(line);
            return;
        }
        String words = line.replaceFirst("^[.: ]+", "");
        int end = 0;
        while (end < words.length() && ".: ".indexOf(words.charAt(end)) < 0) {
            end++;
        }
        Command command = commands.get(words.substring(0, end));
        if (command == null) {
            complaint.accept("there is no command '" + SafeText.of(line) + "'; .help shows them all");
            return;
        }
        try {
            command.action().accept(words.substring(end).strip());
        } catch (IllegalArgumentException wrong) {
            complaint.accept(usage(command) + ": " + SafeText.of(String.valueOf(wrong.getMessage())));
        }
    }

    /** The commands with their dot, and the names of agents where a command wants one. */
    public List<String> completions(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return commands.keySet().stream().map(name -> "." + name).toList();
        }
        Command command = commands.get(line.substring(1, space));
        boolean wantsName = command != null && command.arguments().contains("NAME") && line.indexOf(' ', space + 1) < 0;
        return wantsName
                ? probe.buses().stream()
                        .flatMap(bus -> bus.agent().clients().stream())
                        .map(IvyClient::name)
                        .distinct()
                        .toList()
                : List.of();
    }

    private void add(String name, String arguments, String meaning, Consumer<String> action) {
        commands.put(name, new Command(name, arguments, meaning, action));
    }

    private void alias(String name, String other) {
        Command known = Optional.ofNullable(commands.get(other)).orElseThrow();
        commands.put(name, known);
    }

    private void say(String text) {
        try {
            int reached = probe.buses().stream()
                    .mapToInt(bus -> bus.send(text).subscriptions())
                    .sum();
            show("-> Sent to " + reached + " peer" + (reached == 1 ? "" : "s"));
        } catch (IllegalArgumentException wrong) {
            complaint.accept("not sent: " + wrong.getMessage());
        }
    }

    private void help() {
        show("Commands list:");
        for (Map.Entry<String, Command> entry : commands.entrySet()) {
            Command command = entry.getValue();
            if (entry.getKey().equals(command.name())) {
                show(String.format(Locale.ROOT, "  %-32s- %s", usage(command), command.meaning()));
            }
        }
        show("  everything else is said on the bus");
    }

    private void dieAll() {
        for (ProbeBus bus : probe.buses()) {
            for (IvyClient client : bus.agent().clients()) {
                show("Killing '" + client.name() + "'...");
                client.die();
            }
        }
    }

    private void direct(ProbeBus bus, IvyClient client, String rest) {
        Numbered numbered = Numbered.parse(rest);
        client.direct(numbered.number(), numbered.text());
    }

    private void error(ProbeBus bus, IvyClient client, String rest) {
        Numbered numbered = Numbered.parse(rest);
        client.error(numbered.number(), numbered.text());
    }

    private void where(ProbeBus bus, IvyClient client, String rest) {
        show("Application " + client.name() + " on " + ProbeBus.host(client));
    }

    private void bind(String regexp) {
        if (regexp.isEmpty()) {
            throw new IllegalArgumentException("it needs a regexp");
        }
        probe.buses().forEach(bus -> bus.bind(regexp));
    }

    /** By its text, as in the probe in Java, or by its id, as in Python's. */
    private void unbind(String which) {
        boolean found = false;
        for (ProbeBus bus : probe.buses()) {
            List<Integer> ids = new ArrayList<>();
            bus.agent().bindings().forEach((id, regexp) -> {
                if (regexp.equals(which) || Integer.toString(id).equals(which)) {
                    ids.add(id);
                }
            });
            for (int id : ids) {
                show("you have unsubscribed to " + bus.agent().unbind(id));
                found = true;
            }
        }
        if (!found) {
            throw new IllegalArgumentException("no subscription is '" + which + "'; .bound shows them with their ids");
        }
    }

    private void bound(String whose) {
        if (whose.isEmpty()) {
            show("you have subscribed to:");
            for (ProbeBus bus : probe.buses()) {
                bus.agent().bindings().forEach((id, regexp) -> bus.show("  " + id + "  " + regexp));
            }
        } else if (whose.equals("*")) {
            for (ProbeBus bus : probe.buses()) {
                bus.agent().clients().forEach(client -> bus.bound(client).forEach(bus::show));
            }
        } else {
            with(whose, (bus, client, rest) -> bus.bound(client).forEach(bus::show));
        }
    }

    private void who() {
        for (ProbeBus bus : probe.buses()) {
            StringBuilder names = new StringBuilder("Apps: ");
            bus.agent().clients().forEach(client -> names.append(client.name()).append(','));
            bus.show(names.toString());
        }
    }

    private void list() {
        for (ProbeBus bus : probe.buses()) {
            List<IvyClient> clients = bus.agent().clients();
            bus.show(clients.size() + " clients on the bus");
            clients.forEach(client -> bus.show("-> " + client.name()));
        }
    }

    private void time(String rest) {
        Numbered numbered = Numbered.parse(rest);
        long begin = clock.millis();
        int reached = 0;
        for (int i = 0; i < numbered.number(); i++) {
            for (ProbeBus bus : probe.buses()) {
                reached += bus.send(numbered.text()).subscriptions();
            }
        }
        show("-> it took " + (clock.millis() - begin) + "ms to send " + numbered.number() + " to " + reached
                + " peers");
    }

    /** Calls {@code action} with the first agent of the name that {@code rest} begins with; names may hold spaces. */
    private void with(String rest, OnClient action) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException("it needs the name of an agent");
        }
        for (int end = rest.length(); end > 0; end = rest.lastIndexOf(' ', end - 1)) {
            String name = rest.substring(0, end);
            for (ProbeBus bus : probe.buses()) {
                List<IvyClient> clients = bus.clients(name);
                if (!clients.isEmpty()) {
                    action.accept(bus, clients.get(0), rest.substring(end).strip());
                    return;
                }
            }
        }
        int space = rest.indexOf(' ');
        show("No Application " + (space < 0 ? rest : rest.substring(0, space)) + "!!!");
    }

    private void show(String line) {
        probe.screen().show(SafeText.of(line));
    }

    private static String usage(Command command) {
        return ("." + command.name() + " " + command.arguments()).strip();
    }

    /** Without the quotes around it, if there are. */
    private static String unquoted(String text) {
        boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** What is done with an agent, and the rest of the line. */
    private interface OnClient {
        void accept(ProbeBus bus, IvyClient client, String rest);
    }

    /** What may stand behind a dot. */
    private record Command(String name, String arguments, String meaning, Consumer<String> action) {}

    /** A number and a text, as {@code 7 'hello'}. */
    private record Numbered(int number, String text) {
        static Numbered parse(String rest) {
            int space = rest.indexOf(' ');
            String first = space < 0 ? rest : rest.substring(0, space);
            try {
                return new Numbered(
                        Integer.parseInt(first),
                        space < 0 ? "" : unquoted(rest.substring(space + 1).strip()));
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("'" + first + "' is no number", wrong);
            }
        }
    }
}

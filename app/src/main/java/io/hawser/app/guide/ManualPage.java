package io.hawser.app.guide;

import io.hawser.app.terminal.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page of a command in roff, made of what its help says; the same each time. Pure. */
final class ManualPage {
    private final CommandLine command;
    private final CommandSpec spec;
    private final List<String> lines = new ArrayList<>();

    private ManualPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    /** What its file is called: {@code hawser-kv-ls.1}. */
    static String file(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-") + ".1";
    }

    /** Its lines. */
    static List<String> of(CommandLine command) {
        return new ManualPage(command).lines();
    }

    private List<String> lines() {
        String name = spec.qualifiedName("-");
        List<String> about = Stream.of(spec.usageMessage().description()).toList();
        lines.add(".TH \"" + name.toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"" + escaped(Version.text()) + "\"");
        section(
                "NAME",
                List.of(name + " - " + (about.isEmpty() ? "" : about.get(0).replaceFirst("\\.( .*)?$", ""))));
        section("SYNOPSIS", List.of(synopsis()));
        section("DESCRIPTION", about);
        options();
        below();
        List<String> more = Stream.of(spec.usageMessage().footer())
                .filter(line -> !line.isBlank() && !line.startsWith("  hawser "))
                .toList();
        if (!more.isEmpty()) {
            section("NOTES", more);
        }
        List<String> examples = ExamplesCommand.of(command);
        if (!examples.isEmpty()) {
            lines.add(".SH EXAMPLES");
            lines.add(".nf");
            examples.forEach(example -> lines.add(escaped(example)));
            lines.add(".fi");
        }
        section("EXIT STATUS", List.of("0 ok, 1 failed, 2 usage, 3 no connection, 4 denied, 5 timeout, 6 not found."));
        return List.copyOf(lines);
    }

    private void section(String title, List<String> text) {
        lines.add(".SH " + title);
        text.forEach(line -> lines.add(escaped(line.replace("%%", "%"))));
    }

    private String synopsis() {
        return new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private void options() {
        lines.add(".SH OPTIONS");
        spec.positionalParameters().stream()
                .filter(each -> !each.hidden())
                .forEach(each -> argument(each.paramLabel(), each));
        spec.options().stream().filter(each -> !each.hidden()).forEach(each -> argument(names(each), each));
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + label;
    }

    private void argument(String head, ArgSpec argument) {
        lines.add(".TP");
        lines.add("\\fB" + escaped(head) + "\\fR");
        for (String line : argument.description()) {
            lines.add(escaped(line.replace("%%", "%")));
        }
    }

    private void below() {
        Map<String, CommandLine> subcommands = command.getSubcommands();
        if (!subcommands.isEmpty()) {
            lines.add(".SH COMMANDS");
            subcommands.values().forEach(each -> {
                lines.add(".TP");
                lines.add("\\fB" + escaped(each.getCommandSpec().qualifiedName("-")) + "\\fR(1)");
                lines.add(escaped(
                        String.join(" ", each.getCommandSpec().usageMessage().description())));
            });
        }
    }

    /** What roff would take for its own: backslashes, dashes that shall stay, and a dot or quote at the start. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}

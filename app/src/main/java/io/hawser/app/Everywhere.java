package io.hawser.app;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command takes, whatever it does. */
final class Everywhere {
    private static final List<String> QUIET = List.of("-q", "--quiet");
    private static final String COLOR = "--no-color";

    private Everywhere() {}

    /** True if {@code arguments} want to hear of nothing but data and errors. */
    static boolean isQuiet(String... arguments) {
        int end = List.of(arguments).indexOf("--");
        return List.of(arguments).subList(0, end < 0 ? arguments.length : end).stream()
                .anyMatch(QUIET::contains);
    }

    /** Makes {@code command}, and each below it, take them where it does not yet. */
    static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption(QUIET.get(0)) == null) {
            spec.addOption(OptionSpec.builder(QUIET.toArray(String[]::new))
                    .description("Say nothing but data and errors.")
                    .build());
        }
        if (spec.findOption(COLOR) == null) {
            spec.addOption(OptionSpec.builder(COLOR)
                    .description("No colors, as with NO_COLOR.")
                    .build());
        }
        command.getSubcommands().values().forEach(Everywhere::addTo);
    }
}

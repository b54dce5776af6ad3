package io.hawser.app.operate.fleet;

import io.hawser.app.copter.ConfigKey;
import io.hawser.app.copter.CopterConfig;
import io.hawser.app.copter.IniText;
import io.hawser.app.copter.Setting;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hawser fleet config}: the configuration of copters. */
@Command(
        name = "config",
        description = "Look at the configuration of copters, and change it.",
        footer = {
            "",
            "  hawser fleet config copter-1",
            "  hawser fleet config copter-1 get FLIGHT.takeoff_height",
            "  hawser fleet config 'red-*' set FLIGHT.takeoff_height=1.5 'FLOOR FRAME.parent=aruco_map'",
            "  hawser fleet config copter-1 edit",
            "  hawser fleet config '*' push common.ini",
            "",
            "What a copter would not take does not leave; what was changed is read back."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FleetConfigCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(75);

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "COPTER", description = "Which copters; * stands for any characters.")
    private String copters = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERB",
            defaultValue = "get",
            description = "get, set, edit or push. Default: get.")
    private String verb = "get";

    @Parameters(
            index = "2..*",
            paramLabel = "WHAT",
            description =
                    "get: options; set: SECTION.OPTION=VALUE; push: a file, in which may stand what shall change.")
    private @Nullable List<String> what;

    @Option(names = "--rewrite", description = "push: what the file does not say is as if it was never set.")
    private boolean rewrite;

    @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
    private boolean dryRun;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    FleetConfigCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> said = what == null ? List.of() : what;
        if (rewrite && !verb.equals("push")) {
            throw new Failure(Exit.USAGE, "--rewrite is for push");
        }
        try (AdminCaller hub = link.open(terminal, PATIENCE)) {
            ConfigCall call = new ConfigCall(hub);
            switch (verb) {
                case "get" -> {
                    return show(call, said.stream().map(FleetConfigCommand::key).toList());
                }
                case "set" -> {
                    return change(call, assignments(said));
                }
                case "push" -> {
                    return change(call, file(said));
                }
                case "edit" -> {
                    return edit(call, said);
                }
                default -> throw new Failure(Exit.USAGE, "'" + verb + "' is none of get, set, edit and push");
            }
        }
    }

    private Integer show(ConfigCall call, List<ConfigKey> keys) {
        boolean all = true;
        for (ConfigCall.Answer each : call.fetch(copters)) {
            all &= each.told();
            if (!each.told()) {
                link.print(terminal, List.of(each.row()));
            } else if (!keys.isEmpty()) {
                all &= showSome(each, keys);
            } else if (link.forPeople()) {
                terminal.print("# " + each.copter());
                IniText.write(each.config()).lines().forEach(terminal::print);
            } else {
                link.print(
                        terminal,
                        List.of(Fields.builder()
                                .put("copter", each.copter())
                                .put("config", new Value.Nested(each.config().fields()))
                                .build()));
            }
        }
        return (all ? Exit.OK : Exit.FAILED).code();
    }

    private boolean showSome(ConfigCall.Answer copter, List<ConfigKey> keys) {
        boolean all = true;
        for (ConfigKey key : keys) {
            Fields.Builder row = Fields.builder().put("copter", copter.copter()).put("option", key.toString());
            all &= copter.config().find(key).isPresent();
            copter.config()
                    .find(key)
                    .ifPresentOrElse(
                            setting -> row.put("value", setting.toString()),
                            () -> row.put("reason", "it has no such option"));
            link.print(terminal, List.of(row.build()));
        }
        return all;
    }

    private Integer change(ConfigCall call, CopterConfig wanted) {
        boolean all = true;
        for (ConfigCall.Answer each : call.fetch(copters)) {
            all &= apply(call, each, wanted);
        }
        return (all ? Exit.OK : Exit.FAILED).code();
    }

    private boolean apply(ConfigCall call, ConfigCall.Answer copter, CopterConfig wanted) {
        if (!copter.told()) {
            link.print(terminal, List.of(copter.row()));
            return false;
        }
        List<String> problems = copter.spec().problems(wanted, copter.config());
        if (!problems.isEmpty()) {
            link.print(terminal, List.of(ConfigCall.row(copter.copter(), false, String.join("; ", problems))));
            return false;
        }
        CopterConfig changes = wanted.changesOf(copter.config());
        changes.options()
                .forEach((key, setting) -> terminal.say(copter.copter() + "  " + key + ": "
                        + copter.config().find(key).map(Setting::toString).orElse("(none)") + " -> " + setting));
        List<ConfigKey> gone = rewrite ? copter.config().missingIn(wanted) : List.of();
        gone.forEach(key -> terminal.say(copter.copter() + "  " + key + ": as if it was never set"));
        boolean nothing = changes.options().isEmpty() && gone.isEmpty();
        Fields row = nothing || dryRun
                ? ConfigCall.row(copter.copter(), true, nothing ? "nothing changes" : "nothing was changed")
                : call.push(copter.copter(), rewrite ? wanted : changes, rewrite);
        link.print(terminal, List.of(row));
        return Value.Bool.of(true).equals(row.find("done"));
    }

    private static CopterConfig assignments(List<String> said) {
        Map<ConfigKey, Setting> options = new LinkedHashMap<>();
        for (String one : said) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new Failure(Exit.USAGE, "'" + one + "' is not SECTION.OPTION=VALUE");
            }
            options.put(key(one.substring(0, equals)), setting(one.substring(equals + 1)));
        }
        if (options.isEmpty()) {
            throw new Failure(Exit.USAGE, "say what to set: SECTION.OPTION=VALUE");
        }
        return CopterConfig.of(options);
    }

    private static ConfigKey key(String text) {
        try {
            return ConfigKey.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static Setting setting(String text) {
        try {
            return IniText.setting(text);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private static CopterConfig file(List<String> said) {
        if (said.size() != 1) {
            throw new Failure(Exit.USAGE, "say one file to push");
        }
        return read(Path.of(said.get(0)));
    }

    private static CopterConfig read(Path file) {
        try {
            return IniText.read(Files.readString(file));
        } catch (IOException unreadable) {
            throw new Failure(Exit.USAGE, file + " cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, file + ", " + wrong.getMessage(), wrong);
        }
    }

    private Integer edit(ConfigCall call, List<String> said) {
        List<ConfigCall.Answer> found = call.fetch(copters);
        if (!said.isEmpty() || found.size() != 1) {
            throw new Failure(Exit.USAGE, "edit takes one copter");
        }
        ConfigCall.Answer copter = found.get(0);
        if (!copter.told()) {
            link.print(terminal, List.of(copter.row()));
            return Exit.FAILED.code();
        }
        try {
            Path file = Files.createTempFile("hawser-" + copter.copter() + "-", ".ini");
            Files.writeString(file, IniText.write(copter.config()));
            Editor.open(terminal, file);
            CopterConfig edited = read(file);
            List<ConfigKey> gone = copter.config().missingIn(edited);
            if (!gone.isEmpty()) {
                throw new Failure(
                        Exit.FAILED,
                        gone.get(0) + " is not in " + file + " any more; to unset it, push that file with --rewrite");
            }
            boolean done = apply(call, copter, edited);
            if (done) {
                Files.delete(file);
            } else {
                terminal.insist("what you wrote is in " + file);
            }
            return (done ? Exit.OK : Exit.FAILED).code();
        } catch (IOException unwritable) {
            throw new Failure(Exit.FAILED, "no file to edit could be made: " + unwritable.getMessage(), unwritable);
        }
    }
}

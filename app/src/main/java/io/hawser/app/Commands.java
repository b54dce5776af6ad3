package io.hawser.app;

import io.hawser.app.address.ContextCommand;
import io.hawser.app.bench.BenchCommand;
import io.hawser.app.command.DemoCommand;
import io.hawser.app.command.FsckCommand;
import io.hawser.app.command.InitCommand;
import io.hawser.app.command.PasswdCommand;
import io.hawser.app.command.ProbeCommand;
import io.hawser.app.command.ReplyCommand;
import io.hawser.app.command.RequestCommand;
import io.hawser.app.command.RestoreCommand;
import io.hawser.app.command.ServeCommand;
import io.hawser.app.command.StoreCommand;
import io.hawser.app.command.SubCommand;
import io.hawser.app.command.TokenCommand;
import io.hawser.app.guide.CompletionCommand;
import io.hawser.app.guide.ExamplesCommand;
import io.hawser.app.guide.HelpCommand;
import io.hawser.app.guide.ManCommand;
import io.hawser.app.operate.AppCommand;
import io.hawser.app.operate.BackupCommand;
import io.hawser.app.operate.ClientCommand;
import io.hawser.app.operate.DeviceCommand;
import io.hawser.app.operate.DoctorCommand;
import io.hawser.app.operate.DurableCommand;
import io.hawser.app.operate.FileCommand;
import io.hawser.app.operate.IntegrationCommand;
import io.hawser.app.operate.KvCommand;
import io.hawser.app.operate.ModelCommand;
import io.hawser.app.operate.PolicyCommand;
import io.hawser.app.operate.SubsCommand;
import io.hawser.app.operate.bus.IvyCommand;
import io.hawser.app.operate.bus.LinkCommand;
import io.hawser.app.operate.bus.RetainedCommand;
import io.hawser.app.operate.bus.TopCommand;
import io.hawser.app.operate.bus.TraceCommand;
import io.hawser.app.operate.check.CheckCommand;
import io.hawser.app.operate.control.AclCommand;
import io.hawser.app.operate.control.AuditCommand;
import io.hawser.app.operate.control.ConfigCommand;
import io.hawser.app.operate.control.DrainCommand;
import io.hawser.app.operate.control.ReloadCommand;
import io.hawser.app.operate.fleet.FleetCommand;
import io.hawser.app.publish.PubCommand;
import io.hawser.app.recording.RecordCommand;
import io.hawser.app.recording.ReplayCommand;
import io.hawser.app.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands, by name: only those that are asked for are made, as making one costs milliseconds. */
final class Commands {
    private static final List<String> RUNNING = List.of(
            "serve", "init", "demo", "passwd", "token", "fsck", "backup", "restore", "store", "config", "reload",
            "drain", "acl", "audit");
    private static final List<String> TALKING = List.of(
            "pub",
            "sub",
            "request",
            "reply",
            "probe",
            "record",
            "replay",
            "context",
            "bench",
            "completion",
            "examples",
            "help",
            "man");
    private static final List<String> BUS = List.of(
            "client", "subs", "top", "durable", "ivy", "retained", "link", "kv", "file", "doctor", "check", "trace");
    private static final List<String> THINGS = List.of("fleet", "app", "integration", "device", "model", "policy");

    private final Terminal terminal;

    Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Every name, in the order of the help. */
    static List<String> names() {
        return Stream.of(RUNNING, TALKING, BUS, THINGS).flatMap(List::stream).toList();
    }

    /** The commands that {@code arguments} may be about: the one that the first of them names, else all. */
    List<Object> of(String... arguments) {
        boolean known = arguments.length > 0 && names().contains(arguments[0]);
        List<Object> made = new ArrayList<>();
        for (String name : known ? List.of(arguments[0]) : names()) {
            made.add(command(name));
        }
        return made;
    }

    private Object command(String name) {
        if (RUNNING.contains(name)) {
            return running(name);
        }
        if (TALKING.contains(name)) {
            return talking(name);
        }
        return BUS.contains(name) ? bus(name) : thing(name);
    }

    private Object running(String name) {
        return switch (name) {
            case "serve" -> new ServeCommand(terminal);
            case "init" -> new InitCommand(terminal);
            case "demo" -> DemoCommand.line(terminal);
            case "passwd" -> new PasswdCommand(terminal);
            case "token" -> new TokenCommand(terminal);
            case "fsck" -> new FsckCommand(terminal);
            case "backup" -> new BackupCommand(terminal);
            case "restore" -> new RestoreCommand(terminal);
            case "store" -> new StoreCommand(terminal);
            case "config" -> new ConfigCommand(terminal);
            case "reload" -> new ReloadCommand(terminal);
            case "drain" -> new DrainCommand(terminal);
            case "acl" -> new AclCommand(terminal);
            case "audit" -> new AuditCommand(terminal);
            default -> throw unknown(name);
        };
    }

    private Object talking(String name) {
        return switch (name) {
            case "pub" -> new PubCommand(terminal);
            case "sub" -> new SubCommand(terminal);
            case "request" -> new RequestCommand(terminal);
            case "reply" -> new ReplyCommand(terminal);
            case "probe" -> new ProbeCommand(terminal);
            case "record" -> new RecordCommand(terminal);
            case "replay" -> new ReplayCommand(terminal);
            case "context" -> new ContextCommand(terminal);
            case "bench" -> new BenchCommand(terminal);
            case "completion" -> new CompletionCommand(terminal, () -> Hawser.commandLine(terminal));
            case "help" -> new HelpCommand(terminal, () -> Hawser.commandLine(terminal));
            case "man" -> new ManCommand(terminal, () -> Hawser.commandLine(terminal));
            case "examples" -> new ExamplesCommand(terminal, () -> Hawser.commandLine(terminal));
            default -> throw unknown(name);
        };
    }

    private Object bus(String name) {
        return switch (name) {
            case "client" -> new ClientCommand(terminal);
            case "subs" -> new SubsCommand(terminal);
            case "top" -> new TopCommand(terminal);
            case "durable" -> new DurableCommand(terminal);
            case "ivy" -> new IvyCommand(terminal);
            case "retained" -> new RetainedCommand(terminal);
            case "link" -> new LinkCommand(terminal);
            case "kv" -> new KvCommand(terminal);
            case "file" -> new FileCommand(terminal);
            case "doctor" -> new DoctorCommand(terminal);
            case "trace" -> new TraceCommand(terminal);
            case "check" -> new CheckCommand(terminal);
            default -> throw unknown(name);
        };
    }

    private Object thing(String name) {
        return switch (name) {
            case "fleet" -> FleetCommand.line(terminal);
            case "app" -> new AppCommand(terminal);
            case "integration" -> new IntegrationCommand(terminal);
            case "device" -> new DeviceCommand(terminal);
            case "model" -> new ModelCommand(terminal);
            case "policy" -> new PolicyCommand(terminal);
            default -> throw unknown(name);
        };
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException("no command " + name);
    }
}

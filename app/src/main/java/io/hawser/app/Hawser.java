package io.hawser.app;

import io.hawser.app.command.DemoCommand;
import io.hawser.app.command.FsckCommand;
import io.hawser.app.command.InitCommand;
import io.hawser.app.command.PasswdCommand;
import io.hawser.app.command.ProbeCommand;
import io.hawser.app.command.PubCommand;
import io.hawser.app.command.ReplyCommand;
import io.hawser.app.command.RequestCommand;
import io.hawser.app.command.RestoreCommand;
import io.hawser.app.command.ServeCommand;
import io.hawser.app.command.SubCommand;
import io.hawser.app.command.TokenCommand;
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
import io.hawser.app.operate.control.AclCommand;
import io.hawser.app.operate.control.AuditCommand;
import io.hawser.app.operate.control.ConfigCommand;
import io.hawser.app.operate.control.ReloadCommand;
import io.hawser.app.operate.fleet.FleetCommand;
import io.hawser.app.recording.RecordCommand;
import io.hawser.app.recording.ReplayCommand;
import io.hawser.app.terminal.Mistakes;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: puts the commands together and runs the one that was asked for. Touches nothing else, to start fast. */
@Command(
        name = "hawser",
        description = "One message bus for programs that were never made to talk to each other.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failed, 2 usage, 3 no connection, 4 denied, 5 timeout, 6 not found.",
            "hawser COMMAND --help explains a command."
        })
public final class Hawser {
    private Hawser() {}

    /** Runs the command that {@code arguments} name and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Terminal.ofProcess()).execute(arguments));
    }

    /** The whole command line, speaking to {@code terminal}. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine hawser = new CommandLine(new Hawser())
                .addSubcommand(new ServeCommand(terminal))
                .addSubcommand(new InitCommand(terminal))
                .addSubcommand(new PubCommand(terminal))
                .addSubcommand(new SubCommand(terminal))
                .addSubcommand(new RequestCommand(terminal))
                .addSubcommand(new ReplyCommand(terminal))
                .addSubcommand(new ProbeCommand(terminal))
                .addSubcommand(new RecordCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(DemoCommand.line(terminal))
                .addSubcommand(new ConfigCommand(terminal))
                .addSubcommand(new ReloadCommand(terminal))
                .addSubcommand(new AclCommand(terminal))
                .addSubcommand(new AuditCommand(terminal))
                .addSubcommand(new PasswdCommand(terminal))
                .addSubcommand(new TokenCommand(terminal))
                .addSubcommand(new FsckCommand(terminal))
                .addSubcommand(new BackupCommand(terminal))
                .addSubcommand(new RestoreCommand(terminal))
                .addSubcommand(new ClientCommand(terminal))
                .addSubcommand(new SubsCommand(terminal))
                .addSubcommand(new DurableCommand(terminal))
                .addSubcommand(new IvyCommand(terminal))
                .addSubcommand(new RetainedCommand(terminal))
                .addSubcommand(new LinkCommand(terminal))
                .addSubcommand(new KvCommand(terminal))
                .addSubcommand(new FileCommand(terminal))
                .addSubcommand(FleetCommand.line(terminal))
                .addSubcommand(new AppCommand(terminal))
                .addSubcommand(new IntegrationCommand(terminal))
                .addSubcommand(new DeviceCommand(terminal))
                .addSubcommand(new ModelCommand(terminal))
                .addSubcommand(new PolicyCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal));
        return new Mistakes(terminal).handledBy(hawser);
    }
}

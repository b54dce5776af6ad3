package io.hawser.app.operate;

import io.hawser.app.address.Target;
import io.hawser.app.doctor.Finding;
import io.hawser.app.doctor.IvyDoctor;
import io.hawser.app.doctor.StoreDoctor;
import io.hawser.app.doctor.TimeDoctor;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hawser doctor}: tries what others do with a hub, and says what mends what does not work. */
@Command(
        name = "doctor",
        description =
                "Try what others do with a hub, and say what mends what does not work. Ends with 1 if something is"
                        + " wrong.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser doctor"})
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NTP = 123;

    private final Terminal terminal;

    @Mixin
    private AdminLink link = new AdminLink();

    /** The command on {@code terminal}. */
    public DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean good = true;
        try (AdminCaller hub = link.open(terminal)) {
            for (Finding finding : findings(hub)) {
                link.print(terminal, List.of(finding.row()));
                good &= finding.good();
            }
        }
        return (good ? Exit.OK : Exit.FAILED).code();
    }

    private List<Finding> findings(AdminCaller hub) {
        List<Finding> findings = new ArrayList<>();
        List<Fields> clients = all(hub, "clients");
        findings.add(Finding.good("admin", "the hub answers"));
        findings.add(eftl());
        findings.addAll(StoreDoctor.look(hub.get(AdminCaller.path(List.of("store"), Map.of()))));
        for (Fields domain : all(hub, "ivy")) {
            findings.addAll(IvyDoctor.look(domain, clients));
        }
        try {
            long online = all(hub, "fleet").stream()
                    .filter(copter -> copter.string("state").orElse("").equals("online"))
                    .count();
            findings.add(Finding.good("clever", "copters that are there: " + online));
            findings.add(TimeDoctor.look(new InetSocketAddress(InetAddress.getLoopbackAddress(), NTP)));
        } catch (Failure none) {
            if (none.exit() != Exit.NOT_FOUND) {
                throw none;
            }
        }
        return findings;
    }

    private static List<Fields> all(AdminCaller hub, String resource) {
        return AdminLink.items(hub.get(AdminCaller.path(List.of(resource), Map.of("limit", 1_000))));
    }

    private Finding eftl() {
        Target target = link.target(terminal);
        String url = target.server();
        EftlOptions options = EftlOptions.defaults()
                .handshakeTimeout(PATIENCE)
                .loginTimeout(PATIENCE)
                .autoReconnectAttempts(0)
                .trust(target.trust())
                .login(target.user(), target.password());
        long begin = terminal.clock().millis();
        try (EftlConnection connection = Eftl.connect(url, options).join()) {
            return Finding.good(
                    "eftl",
                    url + " logs " + connection.clientId() + " in within "
                            + (terminal.clock().millis() - begin) + " ms");
        } catch (CompletionException | IllegalArgumentException refused) {
            Throwable cause = refused.getCause() == null ? refused : refused.getCause();
            return Finding.bad(
                    "eftl",
                    url + " cannot be used: " + cause.getMessage(),
                    "see --server, --user, HAWSER_PASSWORD and --tlsca");
        }
    }
}

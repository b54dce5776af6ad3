package io.hawser.app.operate.control;

import io.hawser.app.admin.control.AuditApi;
import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.terminal.Version;
import io.hawser.app.text.SafeText;
import io.hawser.core.audit.Audit;
import io.hawser.core.store.StoreException;
import io.hawser.core.store.durable.DurableListener;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.store.local.LocalStore;
import io.hawser.store.local.disk.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hawser audit}: who did what at a hub, and whether the log of that is as it was written. */
@Command(
        name = "audit",
        description = "Print who did what at a hub that must not go unseen, the oldest first.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "  hawser audit -o json", "  hawser audit verify"})
public final class AuditCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    private final Terminal terminal;

    @Mixin
    private AdminLink link = new AdminLink();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only from then on: 2027-01-31T00:00:00Z, or so long ago: PT2H, P7D.")
    private @Nullable String since;

    /** The command on {@code terminal}. */
    public AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Instant from = from();
        try (AdminCaller hub = link.open(terminal)) {
            long next = 1;
            List<Fields> page;
            do {
                page = AdminLink.items(
                        hub.get(AdminCaller.path(List.of("audit"), Map.of("from", next, "limit", PAGE))));
                link.print(
                        terminal,
                        page.stream().filter(row -> !time(row).isBefore(from)).toList());
                next += page.size();
            } while (page.size() == PAGE);
        }
        return Exit.OK.code();
    }

    private static Instant time(Fields row) {
        return row.string("time").map(Instant::parse).orElse(Instant.MAX);
    }

    private Instant from() {
        if (since == null) {
            return Instant.MIN;
        }
        try {
            return since.startsWith("P")
                    ? terminal.clock().instant().minus(Duration.parse(since))
                    : Instant.parse(since);
        } catch (DateTimeParseException wrong) {
            throw new Failure(
                    Exit.USAGE,
                    "'" + since + "' is no time; say 2027-01-31T00:00:00Z, or PT2H for two hours ago",
                    wrong);
        }
    }

    @Command(
            name = "verify",
            description = "Look whether an entry of the log was changed, taken out or exchanged: exit code 1. What is"
                    + " printed as head can be kept elsewhere, and tells with --noted whether even the whole log"
                    + " was written anew.",
            mixinStandardHelpOptions = true)
    Integer verify(
            @Mixin AdminLink hubLink,
            @Option(names = "--data", paramLabel = "DIR", description = "The data folder of a hub that does not run.")
                    @Nullable
                    Path data,
            @Option(
                            names = "--noted",
                            paramLabel = "ID:DIGEST",
                            description = "A head that was printed earlier.",
                            defaultValue = "")
                    String noted) {
        Fields verdict = data == null ? ask(hubLink, noted) : look(data, noted);
        boolean sound = verdict.get("sound").filter(Value.of(true)::equals).isPresent();
        if (!hubLink.forPeople()) {
            hubLink.print(terminal, List.of(verdict));
        } else {
            faults(verdict).forEach(fault -> terminal.print(SafeText.of(fault)));
            terminal.say((sound ? "sound: " : "NOT SOUND: ") + number(verdict, "entries") + " entries, head "
                    + verdict.string("head").orElse(""));
        }
        return sound ? Exit.OK.code() : Exit.FAILED.code();
    }

    private Fields ask(AdminLink hubLink, String noted) {
        try (AdminCaller hub = hubLink.open(terminal)) {
            Map<String, String> query = noted.isEmpty() ? Map.of() : Map.of("noted", noted);
            return hub.get(AdminCaller.path(List.of("audit", "verify"), query));
        }
    }

    private Fields look(Path data, String noted) {
        try {
            Map<Long, String> known = AuditApi.noted(noted);
            DataFolder.existing(data).close();
            try (LocalStore store = LocalStore.open(data, terminal.clock(), DurableListener.NONE, failure -> {})) {
                return AuditApi.verdict(new Audit(store.records(), terminal.clock())
                        .verify(known)
                        .join());
            }
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, String.valueOf(wrong.getMessage()), wrong);
        } catch (StoreException refused) {
            throw new Failure(Exit.FAILED, String.valueOf(refused.getMessage()), refused);
        } catch (CompletionException damaged) {
            throw new Failure(Exit.FAILED, String.valueOf(damaged.getCause()), damaged);
        }
    }

    private static List<String> faults(Fields verdict) {
        return verdict.find("faults") instanceof Value.Sequence faults
                ? faults.values().stream()
                        .map(fault -> fault instanceof Value.Str text ? text.value() : "")
                        .toList()
                : List.of();
    }

    private static long number(Fields verdict, String name) {
        return verdict.find(name) instanceof Value.Int number ? number.value() : 0;
    }
}

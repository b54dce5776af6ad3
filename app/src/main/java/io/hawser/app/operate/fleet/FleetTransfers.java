package io.hawser.app.operate.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.AdminLink;
import io.hawser.app.operate.ProgressBars;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.app.terminal.Terminal;
import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of files between a hub and its copters, as the hub tells it: counted, printed, and drawn while people wait. Belongs to
 * one command; closing it leaves no bar on the screen.
 */
final class FleetTransfers implements AutoCloseable {
    private final Terminal terminal;
    private final AdminLink link;
    private final Optional<ProgressBars> bars;
    private int done;
    private int failed;

    FleetTransfers(Terminal terminal, AdminLink link) {
        this.terminal = terminal;
        this.link = link;
        this.bars = link.forPeople() ? ProgressBars.on(terminal) : Optional.empty();
    }

    /** The bars, if somebody sees them. */
    Optional<ProgressBars> bars() {
        return bars;
    }

    /** How many copters have it, or gave it. */
    int done() {
        return done;
    }

    /** How many did not. */
    int failed() {
        return failed;
    }

    /**
     * Asks for {@code what}, {@code file} or {@code fetch}, and returns when all of it was told.
     *
     * @throws Failure if the hub does not do it, or goes away
     */
    void follow(AdminCaller hub, String what, Fields asked) {
        String path = AdminCaller.path(List.of("fleet", what), Map.of());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(hub.ask(path, asked), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Fields row = line.isEmpty() ? Fields.EMPTY : JsonText.read(line);
                if (row.has("end")) {
                    return;
                }
                show(row);
            }
            throw new Failure(Exit.NO_CONNECTION, "the hub ended before all copters were done");
        } catch (IOException lost) {
            throw new Failure(Exit.NO_CONNECTION, String.valueOf(lost.getMessage()), lost);
        }
    }

    /** Nothing is moved for {@code copter}, and this is why. */
    void without(String copter, String reason) {
        show(Fields.builder()
                .put("copter", copter)
                .put("done", Value.Bool.of(false))
                .put("reason", reason)
                .build());
    }

    private void show(Fields row) {
        String copter = row.string("copter").orElse("");
        String path = row.string("path").orElse("");
        if (row.has("done")) {
            boolean well = Value.Bool.of(true).equals(row.find("done"));
            done += well ? 1 : 0;
            failed += well ? 0 : 1;
            Runnable print = () -> link.print(terminal, List.of(row));
            bars.ifPresentOrElse(all -> all.end(copter, path, print), print);
        } else if (row.find("sent") instanceof Value.Int sent && row.find("size") instanceof Value.Int size) {
            bars.ifPresent(all -> all.show(copter, sent.value(), size.value(), path));
        }
    }

    @Override
    public void close() {
        bars.ifPresent(ProgressBars::clear);
    }
}

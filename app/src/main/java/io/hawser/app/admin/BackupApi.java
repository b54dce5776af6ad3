package io.hawser.app.admin;

import io.hawser.core.event.EventCode;
import io.hawser.net.http.HttpExchange;
import io.hawser.net.http.HttpResponse;
import io.hawser.net.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backup of the running hub, sent to whoever asks. The hub writes it nowhere itself, so that nobody far away chooses where
 * on its disk, and a disk that is nearly full can be saved.
 *
 * <pre>
 *   GET /backup    a zip file with all that is kept; one that was cut off lacks its last file, 'backup'
 * </pre>
 */
public final class BackupApi {
    private static final Logger LOG = LoggerFactory.getLogger(BackupApi.class);

    private final Optional<Function<OutputStream, CompletableFuture<Void>>> backup;

    /**
     * Sends what {@code backup} writes.
     *
     * @param backup writes a zip on a thread of its own, which may wait, and completes when it is done; empty: nothing is
     *     kept on a disk
     */
    public BackupApi(Optional<Function<OutputStream, CompletableFuture<Void>>> backup) {
        this.backup = backup;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(Route.get("/backup", this::answer));
    }

    private void answer(HttpExchange exchange) {
        if (backup.isEmpty()) {
            exchange.answer(
                    HttpResponse.error(
                            409,
                            "this hub has no data folder: start it with --data DIR, or back NATS up with 'nats account backup'"));
            return;
        }
        HttpResponse head = HttpResponse.of(200)
                .with("Content-Type", "application/zip")
                .with("Content-Disposition", "attachment; filename=\"hawser-backup.zip\"");
        SlowOutput out = new SlowOutput(exchange, head);
        LOG.info("backup for {} begun", exchange.request().remote(), EventCode.BACKUP_BEGUN);
        backup.get().apply(out).whenComplete((done, failure) -> {
            if (failure == null) {
                finish(exchange, out);
            } else {
                LOG.warn(
                        "backup for {} not made: {}",
                        exchange.request().remote(),
                        failure.getMessage(),
                        EventCode.BACKUP_FAILED);
                out.fail(Answers.refusal(exchange, failure));
            }
        });
    }

    private static void finish(HttpExchange exchange, SlowOutput out) {
        try {
            out.close();
            LOG.info("backup for {} done", exchange.request().remote(), EventCode.BACKUP_DONE);
        } catch (IOException gone) {
            LOG.warn(
                    "backup for {} not taken: {}",
                    exchange.request().remote(),
                    gone.getMessage(),
                    EventCode.BACKUP_FAILED);
        }
    }
}

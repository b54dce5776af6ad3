package io.hawser.app.bench;

import io.hawser.app.operate.AdminCaller;
import io.hawser.app.operate.FileUpload;
import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.core.value.Fields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Files that are given to a hub over its admin listener, each client on a thread of its own. Belongs to one command. */
final class FileLoad implements Load {
    private static final String OWNER = "bench";

    private final Measure measure;
    private final String name;
    private final Path file;
    private final List<AdminCaller> callers = new ArrayList<>();
    private final List<ExecutorService> threads = new ArrayList<>();

    /**
     * Nothing is given yet.
     *
     * @param calling makes one more caller of the hub
     * @param name how names of files begin that nobody else uses
     */
    FileLoad(BenchPlan plan, Measure measure, Supplier<AdminCaller> calling, String name) {
        this.measure = measure;
        this.name = name;
        try {
            this.file = Files.createTempFile("hawser-bench", ".bin");
            Files.write(file, new byte[plan.size()]);
        } catch (IOException full) {
            throw new Failure(Exit.FAILED, "no file can be made to give away: " + full.getMessage(), full);
        }
        for (int i = 0; i < plan.clients(); i++) {
            callers.add(calling.get());
            threads.add(Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(task, "hawser-bench-file");
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    @Override
    public void begin(long n, long due) {
        int client = (int) (n % callers.size());
        CompletableFuture.runAsync(() -> give(client), threads.get(client))
                .whenComplete((done, failure) -> measure.ended(
                        due, failure == null || failure.getCause() == null ? failure : failure.getCause()));
    }

    private void give(int client) {
        Fields whose = Fields.builder()
                .put("owner", OWNER)
                .put("name", name + "-" + client)
                .build();
        FileUpload upload = FileUpload.begin(callers.get(client), file, whose);
        upload.commit(upload.send((moved, size) -> {}));
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdownNow);
        try {
            if (measure.done() > 0) {
                for (int i = 0; i < callers.size() && i < measure.done(); i++) {
                    callers.get(i)
                            .change("DELETE", AdminCaller.path(List.of("files", OWNER, name + "-" + i), Map.of()));
                }
            }
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        } finally {
            callers.forEach(AdminCaller::close);
        }
    }
}

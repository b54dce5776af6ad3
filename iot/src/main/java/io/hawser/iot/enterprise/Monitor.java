package io.hawser.iot.enterprise;

import io.hawser.net.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who watches all virtual devices of one program. Callable from any thread; state belongs to the loop. */
final class Monitor {
    private final Server server;
    private final Loop loop;
    private final Bulk.Watching watching;
    private final List<Bulk> bulks = new ArrayList<>();
    private boolean closed;

    Monitor(Server server, Loop loop, Bulk.Watching watching) {
        this.server = server;
        this.loop = loop;
        this.watching = watching;
    }

    /** Watches {@code device} from now on; completes when it has its first values. */
    CompletableFuture<@Nullable Void> join(VirtualDevice device) {
        CompletableFuture<Void> joined = new CompletableFuture<>();
        loop.execute(() -> withRoom().join(device, joined));
        return joined;
    }

    private Bulk withRoom() {
        return bulks.stream().filter(Bulk::hasRoom).findFirst().orElseGet(() -> {
            Bulk made = new Bulk(server, loop, watching);
            bulks.add(made);
            if (closed) {
                made.close();
            }
            return made;
        });
    }

    /** Watches {@code device} no longer. */
    void leave(VirtualDevice device) {
        loop.execute(() -> bulks.forEach(bulk -> bulk.leave(device)));
    }

    /** There may be news. */
    void soon() {
        loop.execute(() -> bulks.forEach(Bulk::soon));
    }

    /** Watches nobody any more. */
    void close() {
        loop.execute(() -> {
            closed = true;
            bulks.forEach(Bulk::close);
        });
    }
}

package io.hawser.app.admin.control;

import io.hawser.app.admin.Answers;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stops the hub without losing anything.
 *
 * <pre>
 *   POST /drain    {"draining":true,"seconds":30}: from now on it is not ready, and it stops when nothing is on its way, or in so long
 * </pre>
 */
public final class DrainApi {
    private final Answers answers;
    private final Supplier<Fields> drain;

    /** {@code drain} begins it, and says what is answered; callable from any thread. */
    public DrainApi(Answers answers, Supplier<Fields> drain) {
        this.answers = answers;
        this.drain = drain;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.post("/drain", question -> CompletableFuture.completedFuture(drain.get())));
    }
}

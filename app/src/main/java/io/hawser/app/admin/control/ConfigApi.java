package io.hawser.app.admin.control;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.app.config.ConfigException;
import io.hawser.app.config.origin.Setting;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the hub was told, and telling it anew.
 *
 * <pre>
 *   GET  /config    each setting that holds and where it comes from; secrets are not shown
 *   POST /reload    takes up what has changed; 409 with all that is wrong, and nothing is changed
 * </pre>
 */
public final class ConfigApi {
    private final Answers answers;
    private final Supplier<List<Setting>> settings;
    private final Supplier<Fields> reload;

    /**
     * Of a hub.
     *
     * @param settings those that hold; callable from any thread
     * @param reload takes up what has changed, and says what it did; throws {@link ConfigException}, or {@link
     *     IllegalStateException} with a text for the user
     */
    public ConfigApi(Answers answers, Supplier<List<Setting>> settings, Supplier<Fields> reload) {
        this.answers = answers;
        this.settings = settings;
        this.reload = reload;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.listNow("/config", settings, Setting::row), answers.post("/reload", this::reload));
    }

    private CompletableFuture<Fields> reload(Question question) {
        try {
            return CompletableFuture.completedFuture(reload.get());
        } catch (ConfigException | IllegalStateException refused) {
            throw Rejection.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** Names as a value. */
    public static Value.Sequence names(List<String> names) {
        return new Value.Sequence(names.stream().map(Value::of).toList());
    }
}

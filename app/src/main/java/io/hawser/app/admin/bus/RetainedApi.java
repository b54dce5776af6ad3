package io.hawser.app.admin.bus;

import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.route.Retained;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The last messages that newcomers hear first.
 *
 * <pre>
 *   GET    /retained          all of them, by topic
 *   DELETE /retained/TOPIC    keeps nothing of that topic until something comes again
 * </pre>
 */
public final class RetainedApi {
    private static final TopicPattern ALL = TopicPattern.parse(TopicPattern.REST);

    private final Answers answers;
    private final Retained retained;

    /** About what is {@code retained}; everything is worked out on {@code answers}. */
    public RetainedApi(Answers answers, Retained retained) {
        this.answers = answers;
        this.retained = retained;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(
                answers.list(
                        "/retained",
                        () -> CompletableFuture.completedFuture(retained.list(ALL)),
                        page -> CompletableFuture.completedFuture(
                                page.stream().map(RetainedApi::row).toList())),
                answers.delete("/retained/{topic}", this::remove));
    }

    private CompletableFuture<Fields> remove(Question question) {
        String topic = question.part("topic");
        Message was = retained.remove(topic)
                .orElseThrow(() -> Rejection.missing("nothing is retained of the topic " + topic));
        return CompletableFuture.completedFuture(row(was));
    }

    private static Fields row(Message message) {
        return Fields.builder()
                .put("topic", message.topic().text())
                .put("time", new Value.DateTime(message.headers().time()))
                .put("from", message.headers().source().toString())
                .put("bytes", message.weight())
                .put("fields", new Value.Nested(message.fields()))
                .build();
    }
}

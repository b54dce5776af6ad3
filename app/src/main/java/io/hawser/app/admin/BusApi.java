package io.hawser.app.admin;

import io.hawser.core.route.Conductor;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Who wants what.
 *
 * <pre>
 *   GET /subscriptions                       all of them
 *   GET /subscriptions?for=TOPIC[&amp;as=USER]   who would get what USER publishes on TOPIC, and who not, and why
 * </pre>
 */
public final class BusApi {
    private final Answers answers;
    private final SubscriptionRows subscriptions;
    private final Function<Question, Fields> hearing;

    /**
     * About the subscriptions of {@code conductor}.
     *
     * @param answers where everything is worked out
     * @param hearing answers who would get what is said on a topic
     */
    public BusApi(Answers answers, Conductor conductor, Function<Question, Fields> hearing) {
        this.answers = answers;
        this.subscriptions = new SubscriptionRows(conductor);
        this.hearing = hearing;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get(
                "/subscriptions",
                question -> CompletableFuture.completedFuture(
                        question.query("for").isPresent()
                                ? hearing.apply(question)
                                : Answers.page(question, subscriptions.all(), SubscriptionRows::row))));
    }
}

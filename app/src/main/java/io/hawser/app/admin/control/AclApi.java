package io.hawser.app.admin.control;

import io.hawser.app.access.Standing;
import io.hawser.app.access.Verdict;
import io.hawser.app.admin.Answers;
import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.core.access.Action;
import io.hawser.core.value.Fields;
import io.hawser.net.http.Route;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What the rules say.
 *
 * <pre>
 *   GET /acl?user=alice&amp;action=publish&amp;topic=a/b&amp;groups=pilots,drones
 *       -> {"user":"alice","groups":"pilots","action":"publish","topic":"a/b","verdict":"denied","reason":"deny ..."}
 * </pre>
 */
public final class AclApi {
    private final Answers answers;
    private final Standing standing;

    /** About what {@code standing} holds. */
    public AclApi(Answers answers, Standing standing) {
        this.answers = answers;
        this.standing = standing;
    }

    /** What can be asked. */
    public List<Route> routes() {
        return List.of(answers.get("/acl", this::verdict));
    }

    private CompletableFuture<Fields> verdict(Question question) {
        String user = said(question, "user");
        Action action = action(said(question, "action"));
        String topic = said(question, "topic");
        try {
            Verdict verdict = Verdict.of(
                    standing.settings(),
                    standing,
                    user,
                    groups(question.query("groups").orElse("")),
                    action,
                    topic);
            return CompletableFuture.completedFuture(row(verdict, action, topic));
        } catch (IllegalArgumentException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private static String said(Question question, String name) {
        return question.query(name).orElseThrow(() -> Rejection.wrong("say user, action and topic"));
    }

    private static Action action(String label) {
        return Action.labelled(label)
                .orElseThrow(() -> Rejection.wrong(
                        "there is no action '" + label + "'; the actions are " + String.join(", ", Action.labels())));
    }

    private static Set<String> groups(String text) {
        Set<String> groups = new TreeSet<>(List.of(text.split(",", -1)));
        groups.remove("");
        return groups;
    }

    /** A verdict as it is told. */
    public static Fields row(Verdict verdict, Action action, String topic) {
        return Fields.builder()
                .put("user", verdict.principal().name())
                .put(
                        "groups",
                        String.join(",", new TreeSet<>(verdict.principal().groups())))
                .put("action", action.label())
                .put("topic", topic)
                .put("verdict", verdict.word())
                .put("reason", verdict.reason())
                .build();
    }
}

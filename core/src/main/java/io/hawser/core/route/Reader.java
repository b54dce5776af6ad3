package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.match.TopicPattern;
import org.jspecify.annotations.Nullable;

/**
 * Who hears through a subscription, and whether the rules let it. Callable from any thread.
 *
 * <p>What the rules say of the whole pattern is worked out once for as long as they hold, so that a delivery that nothing
 * forbids costs two reads; {@link Access#now} tells when they are others. Two are equal if their principals are.
 */
public final class Reader {
    private final Principal principal;
    private final TopicPattern topics;
    private volatile @Nullable Verdict verdict;

    /**
     * What was worked out.
     *
     * @param rules by which
     * @param coverage for how much of the pattern they let it hear
     */
    private record Verdict(Access rules, Coverage coverage) {}

    /** {@code principal}, who wants to hear {@code topics}. */
    public Reader(Principal principal, TopicPattern topics) {
        this.principal = principal;
        this.topics = topics;
    }

    /** Who hears. */
    public Principal principal() {
        return principal;
    }

    /** For how much of the topics {@code access} lets it hear now. */
    Coverage hears(Access access) {
        return verdict(access.now()).coverage();
    }

    /** True if {@code access} lets it hear now what comes on {@code topic}, one of its topics. */
    public boolean hears(Access access, String topic) {
        Verdict now = verdict(access.now());
        return switch (now.coverage()) {
            case ALL -> true;
            case SOME -> now.rules().allows(principal, Action.SUBSCRIBE, topic);
            case NONE -> false;
        };
    }

    private Verdict verdict(Access rules) {
        Verdict known = verdict;
        if (known == null || known.rules() != rules) {
            known = new Verdict(rules, rules.coverage(principal, Action.SUBSCRIBE, topics));
            verdict = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reader that && principal.equals(that.principal);
    }

    @Override
    public int hashCode() {
        return principal.hashCode();
    }

    @Override
    public String toString() {
        return "Reader[" + principal.name() + "]";
    }
}

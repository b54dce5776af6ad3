package io.hawser.core.access;

import io.hawser.core.match.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Access by rules: what no rule allows is denied, and one rule that denies beats all that allow, wherever they stand.
 * Immutable.
 */
public final class Rules implements Access {
    private final List<Rule> allowing;
    private final List<Rule> denying;

    /** Decides by {@code rules}. */
    public Rules(List<Rule> rules) {
        allowing = rules.stream().filter(Rule::allow).toList();
        denying = rules.stream().filter(rule -> !rule.allow()).toList();
    }

    @Override
    public boolean allows(Principal principal, Action action, String topic) {
        return decides(denying, principal, action, topic).isEmpty()
                && decides(allowing, principal, action, topic).isPresent();
    }

    @Override
    public Coverage coverage(Principal principal, Action action, TopicPattern pattern) {
        if (about(denying, principal, action).anyMatch(rule -> rule.covers(pattern))
                || about(allowing, principal, action).noneMatch(rule -> rule.touches(pattern))) {
            return Coverage.NONE;
        }
        boolean whole = about(allowing, principal, action).anyMatch(rule -> rule.covers(pattern))
                && about(denying, principal, action).noneMatch(rule -> rule.touches(pattern));
        return whole ? Coverage.ALL : Coverage.SOME;
    }

    /** The rule that decides about {@code action} on {@code topic}; empty if none speaks of it, so that it is denied. */
    public Optional<Rule> deciding(Principal principal, Action action, String topic) {
        return decides(denying, principal, action, topic).or(() -> decides(allowing, principal, action, topic));
    }

    private static Optional<Rule> decides(List<Rule> rules, Principal principal, Action action, String topic) {
        for (Rule rule : rules) {
            if (rule.decides(principal, action, topic)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }

    private static Stream<Rule> about(List<Rule> rules, Principal principal, Action action) {
        return rules.stream().filter(rule -> rule.isAbout(principal, action));
    }
}

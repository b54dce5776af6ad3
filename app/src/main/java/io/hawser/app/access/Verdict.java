package io.hawser.app.access;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.core.match.TopicPattern;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the rules say of one thing that somebody might do, and which of them decides.
 *
 * @param principal who
 * @param coverage all of it, some of the topics, or none
 * @param reason which rule decides, or what is missing
 */
public record Verdict(Principal principal, Coverage coverage, String reason) {
    /**
     * What {@code settings} say of {@code action} on {@code topic}, a pattern perhaps.
     *
     * @param access what holds by those settings, with what else must be allowed in a hub
     * @param who the name of a user, a token's principal or a gateway
     * @param groups in which it is, beside those that the settings put it in
     * @throws IllegalArgumentException with a text for the user if the topic is none
     */
    public static Verdict of(
            AccessSettings settings, Access access, String who, Set<String> groups, Action action, String topic) {
        Principal principal = principal(settings, who, groups);
        TopicPattern pattern = TopicPattern.parse(topic);
        if (!pattern.exact()) {
            return new Verdict(principal, access.coverage(principal, action, pattern), "as a pattern");
        }
        Optional<Rule> rule = new Rules(settings.rules()).deciding(principal, action, topic);
        Action missing = access.missing(principal, action, topic);
        if (access.allows(principal, action, topic)) {
            return new Verdict(principal, Coverage.ALL, rule.map(Rule::toString).orElse("no rule is needed"));
        }
        String why = missing == action
                ? rule.map(Rule::toString).orElse("no rule allows it")
                : "it takes " + missing.label() + " too: "
                        + new Rules(settings.rules())
                                .deciding(principal, missing, topic)
                                .map(Rule::toString)
                                .orElse("no rule allows that");
        return new Verdict(principal, Coverage.NONE, why);
    }

    private static Principal principal(AccessSettings settings, String who, Set<String> groups) {
        Set<String> all = new TreeSet<>(groups);
        settings.users().stream().filter(user -> user.name().equals(who)).forEach(user -> all.addAll(user.groups()));
        settings.tokens().stream()
                .filter(token -> token.principal().equals(who))
                .forEach(token -> all.addAll(token.groups()));
        return new Principal(who, all);
    }

    /** In a word. */
    public String word() {
        return switch (coverage) {
            case ALL -> "allowed";
            case SOME -> "allowed in part";
            case NONE -> "denied";
        };
    }
}

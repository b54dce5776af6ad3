package io.hawser.app.admin.entry;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.match.TopicPattern;
import io.hawser.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What rules must allow to whoever uses a route.
 *
 * @param action what
 * @param topic where: {@code admin/} and the names in the route's path, those in braces left out
 * @param contents what else, where a route shows or changes what parties said or keep; empty: nothing
 */
record Need(Action action, String topic, Optional<Contents> contents) {
    private static final Pattern PART = Pattern.compile("\\{(\\w+)\\*?}");

    /**
     * What parties said or keep.
     *
     * @param action what is done with it
     * @param topic where, with parts of the route's path in braces; all of it must be allowed if it ends in {@code >}
     */
    record Contents(Action action, String topic) {
        private String topic(HttpRequest request) {
            return PART.matcher(topic).replaceAll(part -> Matcher.quoteReplacement(request.parameter(part.group(1))));
        }
    }

    /** Why {@code request} is refused to {@code visitor}; empty if it is not. */
    Optional<String> objection(Visitor visitor, Access access, HttpRequest request) {
        if (!visitor.may(access, action, topic)) {
            return Optional.of(refusal(visitor, action, topic));
        }
        return contents.flatMap(kept -> {
            String where = kept.topic(request);
            return visitor.master() || allows(access, visitor.principal(), kept.action(), where)
                    ? Optional.empty()
                    : Optional.of(refusal(visitor, kept.action(), where));
        });
    }

    private static boolean allows(Access access, Principal who, Action action, String topic) {
        return topic.endsWith(TopicPattern.REST)
                ? access.coverage(who, action, TopicPattern.parse(topic)) == Coverage.ALL
                : access.allows(who, action, topic);
    }

    private static String refusal(Visitor visitor, Action action, String topic) {
        return visitor.name() + " may not do this: hawser.rules must let " + visitor.name() + " " + action.label()
                + " on " + topic;
    }
}

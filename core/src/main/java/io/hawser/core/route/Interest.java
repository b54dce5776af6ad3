package io.hawser.core.route;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.match.Captures;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a subscription wants; all parts must hold.
 *
 * @param topic matches the topic
 * @param content matches the fields
 * @param regexp is found in the text; messages without text do not match
 * @param scope from where
 * @param everything the regexp may also be found in what can be said of a message without text, {@link Message#spoken()};
 *     live subscriptions only
 */
public record Interest(
        TopicPattern topic, ContentMatcher content, Optional<Regexp> regexp, Scope scope, boolean everything) {
    private static final TopicPattern ANY_TOPIC = TopicPattern.parse(TopicPattern.REST);

    /** An interest whose regexp is found in texts alone. */
    public Interest(TopicPattern topic, ContentMatcher content, Optional<Regexp> regexp, Scope scope) {
        this(topic, content, regexp, scope, false);
    }

    /** Messages whose fields match {@code content}. */
    public static Interest inContent(ContentMatcher content, Scope scope) {
        return new Interest(ANY_TOPIC, content, Optional.empty(), scope);
    }

    /** Messages whose topic matches {@code topic}. */
    public static Interest inTopic(TopicPattern topic, Scope scope) {
        return new Interest(topic, ContentMatcher.ALL, Optional.empty(), scope);
    }

    /** Messages whose text {@code regexp} finds. */
    public static Interest inText(Regexp regexp, Scope scope) {
        return new Interest(ANY_TOPIC, ContentMatcher.ALL, Optional.of(regexp), scope);
    }

    /** Messages of which anything is said that {@code regexp} finds: their text, else what {@link Message#spoken()} makes. */
    public static Interest inEverything(Regexp regexp, Scope scope) {
        return new Interest(ANY_TOPIC, ContentMatcher.ALL, Optional.of(regexp), scope, true);
    }

    /**
     * This as far as {@code access} lets {@code principal} hear, empty if it may hear nothing of it now. What it may hear is
     * checked at each delivery, by the rules that hold then.
     */
    public Optional<Interest> heardBy(Principal principal, Access access) {
        Reader reader = new Reader(principal, topic);
        return reader.hears(access) == Coverage.NONE
                ? Optional.empty()
                : Optional.of(new Interest(topic, content, regexp, scope.readBy(reader), everything));
    }

    /**
     * True if {@code principal} may share what is kept for the one who reads this: both may hear all of it, or they are the same.
     */
    public boolean sharedWith(Principal principal, Access access) {
        Coverage own = access.coverage(principal, Action.SUBSCRIBE, topic);
        return scope.reader()
                .map(reader -> reader.principal().equals(principal)
                        ? own != Coverage.NONE
                        : own == Coverage.ALL && reader.hears(access) == Coverage.ALL)
                .orElse(own == Coverage.ALL);
    }

    /** True if whoever reads what this wants has, by {@code access}, the right to hear {@code message}. */
    public boolean mayHear(Message message, Access access) {
        return scope.reader().isEmpty()
                || scope.reader().get().hears(access, message.topic().text());
    }

    /** True if a subscription to this gets {@code message}, whoever reads having the rights that {@code access} gives. */
    public boolean takes(Message message, Access access) {
        return scope.admits(message)
                && wantsTopic(message)
                && mayHear(message, access)
                && wantsContent(message)
                && capture(message) != null;
    }

    boolean wantsTopic(Message message) {
        return topic.everything() || topic.matches(message.topic().text());
    }

    boolean wantsContent(Message message) {
        return content.predicates().isEmpty() || content.matches(message.fields());
    }

    /** What the regexp captured, nothing captured without a regexp, null if it is not found. */
    @Nullable
    Captures capture(Message message) {
        if (regexp.isEmpty()) {
            return Captures.EMPTY;
        }
        Optional<String> text = everything ? Optional.of(message.spoken()) : message.text();
        return text.isEmpty() ? null : regexp.get().match(text.get());
    }
}

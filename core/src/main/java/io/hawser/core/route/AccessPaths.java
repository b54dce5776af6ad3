package io.hawser.core.route;

import io.hawser.core.match.Captures;
import io.hawser.core.match.ContentIndex;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpIndex;
import io.hawser.core.match.TopicIndex;
import io.hawser.core.message.Message;
import java.util.function.BiConsumer;

/**
 * Subscriptions, each filed under exactly one access path; what the path does not prove is checked when the path leads to
 * it. Immutable.
 *
 * <pre>
 *   exact topic          -> topics     rest checked: content, regexp, scope
 *   a content predicate  -> contents   rest checked: topic, regexp, scope
 *   a topic wildcard     -> topics
 *   a regexp             -> regexps, or everything if messages without a text shall match too
 *   nothing of these     -> contents, among those that match all
 * </pre>
 */
final class AccessPaths {
    static final AccessPaths NONE =
            new AccessPaths(0, TopicIndex.empty(), ContentIndex.empty(), RegexpIndex.empty(), RegexpIndex.empty());

    private final int size;
    private final TopicIndex<Subscription> topics;
    private final ContentIndex<Subscription> contents;
    private final RegexpIndex<Subscription> regexps;

    /** Those who take messages without a text by what can be said of them. */
    private final RegexpIndex<Subscription> everything;

    private AccessPaths(
            int size,
            TopicIndex<Subscription> topics,
            ContentIndex<Subscription> contents,
            RegexpIndex<Subscription> regexps,
            RegexpIndex<Subscription> everything) {
        this.size = size;
        this.topics = topics;
        this.contents = contents;
        this.regexps = regexps;
        this.everything = everything;
    }

    /** True if nobody is here. */
    boolean isEmpty() {
        return size == 0;
    }

    /** These with {@code subscription}, which is not here, or without it, which is. */
    AccessPaths filed(Subscription subscription, boolean in) {
        Interest interest = subscription.interest();
        boolean byContent = !interest.content().predicates().isEmpty();
        TopicIndex<Subscription> newTopics = topics;
        ContentIndex<Subscription> newContents = contents;
        RegexpIndex<Subscription> newRegexps = regexps;
        RegexpIndex<Subscription> newEverything = everything;
        if (interest.topic().exact() || (!byContent && !interest.topic().everything())) {
            newTopics =
                    in ? topics.with(interest.topic(), subscription) : topics.without(interest.topic(), subscription);
        } else if (byContent || interest.regexp().isEmpty()) {
            ContentMatcher content = interest.content();
            newContents = in ? contents.with(content, subscription) : contents.without(content, subscription);
        } else if (interest.everything()) {
            newEverything = refiled(everything, subscription, interest.regexp().get(), in);
        } else {
            newRegexps = refiled(regexps, subscription, interest.regexp().get(), in);
        }
        return new AccessPaths(size + (in ? 1 : -1), newTopics, newContents, newRegexps, newEverything);
    }

    private static RegexpIndex<Subscription> refiled(
            RegexpIndex<Subscription> index, Subscription subscription, Regexp regexp, boolean in) {
        return in ? index.with(regexp, subscription) : index.without(regexp, subscription);
    }

    /** Tells {@code visitor} every subscription that wants {@code message}, once each, with what its regexp captured. */
    void match(Message message, BiConsumer<Subscription, Captures> visitor) {
        topics.match(message.topic().text(), subscription -> {
            if (subscription.interest().wantsContent(message)) {
                visit(subscription, message, visitor);
            }
        });
        if (!contents.isEmpty()) {
            contents.match(message.fields(), subscription -> {
                if (subscription.interest().wantsTopic(message)) {
                    visit(subscription, message, visitor);
                }
            });
        }
        if (!regexps.isEmpty()) {
            message.text().ifPresent(text -> match(regexps, text, message, visitor));
        }
        if (!everything.isEmpty()) {
            match(everything, message.spoken(), message, visitor);
        }
    }

    private static void match(
            RegexpIndex<Subscription> index, String text, Message message, BiConsumer<Subscription, Captures> visitor) {
        index.match(text, (subscription, captures) -> {
            if (subscription.interest().scope().admits(message)) {
                visitor.accept(subscription, captures);
            }
        });
    }

    private static void visit(Subscription subscription, Message message, BiConsumer<Subscription, Captures> visitor) {
        Interest interest = subscription.interest();
        Captures captures = interest.scope().admits(message) ? interest.capture(message) : null;
        if (captures != null) {
            visitor.accept(subscription, captures);
        }
    }
}

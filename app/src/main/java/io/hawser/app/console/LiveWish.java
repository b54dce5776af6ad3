package io.hawser.app.console;

import io.hawser.app.admin.Question;
import io.hawser.app.admin.Rejection;
import io.hawser.app.text.JsonText;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.match.RegexpException;
import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Message;
import io.hawser.core.message.Source;
import io.hawser.core.route.Interest;
import io.hawser.core.route.Scope;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a viewer wants to see of the open bus: {@code topic}, a pattern; {@code re}, a regexp found in what can be said of a message;
 * {@code match}, an object as {@code hawser sub --match} takes it; {@code protocol} and {@code from}, where it came in and who said it.
 * All of them must hold.
 */
final class LiveWish {
    private LiveWish() {}

    /** What {@code question} says. */
    static Interest of(Question question) {
        try {
            TopicPattern topic = TopicPattern.parse(
                    question.query("topic").filter(text -> !text.isBlank()).orElse(TopicPattern.REST));
            Optional<Regexp> regexp =
                    question.query("re").filter(text -> !text.isBlank()).map(Regexp::compile);
            ContentMatcher content = question.query("match")
                    .filter(text -> !text.isBlank())
                    .map(text -> matcher(JsonText.read(text)))
                    .orElse(ContentMatcher.ALL);
            return new Interest(topic, content, regexp, Scope.OPEN, true);
        } catch (IllegalArgumentException | RegexpException wrong) {
            throw Rejection.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    /** Which of the messages that {@link #of} wants are shown: those from where {@code question} says. */
    static Predicate<Message> from(Question question) {
        Optional<String> protocol = question.query("protocol").filter(text -> !text.isEmpty());
        Optional<String> party = question.query("from").filter(text -> !text.isEmpty());
        return message -> {
            Source source = message.headers().source();
            return protocol.filter(text -> !text.equals(source.protocol())).isEmpty()
                    && party.filter(text -> !text.equals(source.party())).isEmpty();
        };
    }

    private static ContentMatcher matcher(Fields wanted) {
        List<ContentMatcher.Predicate> predicates = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String name = wanted.name(i);
            Value value = wanted.value(i);
            predicates.add(
                    value instanceof Value.Bool there
                            ? there.equals(Value.Bool.TRUE)
                                    ? new ContentMatcher.Present(name)
                                    : new ContentMatcher.Absent(name)
                            : new ContentMatcher.Equal(name, value));
        }
        return new ContentMatcher(predicates);
    }
}

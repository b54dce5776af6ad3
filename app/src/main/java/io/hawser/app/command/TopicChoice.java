package io.hawser.app.command;

import io.hawser.app.terminal.Exit;
import io.hawser.app.terminal.Failure;
import io.hawser.core.match.TopicPattern;
import java.util.List;
import java.util.function.Predicate;

/**
 * The topics that somebody wants, and those of them that not. Each message is the first pattern's that fits, so that
 * nobody sees it twice.
 *
 * @param patterns what is wanted
 * @param not what is not
 */
record TopicChoice(List<TopicPattern> patterns, List<TopicPattern> not) {
    /** What these texts say; everything if none is wanted. */
    static TopicChoice of(List<String> topics, List<String> ignored) {
        return new TopicChoice(
                parsed(topics.isEmpty() ? List.of(TopicPattern.REST) : topics, ""), parsed(ignored, "--ignore: "));
    }

    private static List<TopicPattern> parsed(List<String> topics, String where) {
        try {
            return topics.stream().map(TopicPattern::parse).toList();
        } catch (IllegalArgumentException wrong) {
            throw new Failure(Exit.USAGE, where + wrong.getMessage(), wrong);
        }
    }

    /** Of which topics what came by the pattern at {@code place} is shown. */
    Predicate<String> takes(int place) {
        return topic -> not.stream().noneMatch(pattern -> pattern.matches(topic))
                && patterns.subList(0, place).stream().noneMatch(pattern -> pattern.matches(topic));
    }
}

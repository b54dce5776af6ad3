package io.hawser.core.message;

import io.hawser.core.match.TopicPattern;
import java.util.Optional;

/**
 * Makes the text of messages that come without one: {@code robot/* {1} AT {x} {y}}. Immutable.
 *
 * <pre>
 *   TOPICS TEXT
 *   {x}   in the text, the field x; a message without it gets no text from this template
 *   {1}   what the first wildcard of TOPICS stands for, {2} the second, ...
 * </pre>
 */
public final class TextTemplate implements Wording {
    private final String line;
    private final TopicPattern topics;
    private final Phrase text;

    private TextTemplate(String line, TopicPattern topics, Phrase text) {
        this.line = line;
        this.topics = topics;
        this.text = text;
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static TextTemplate parse(String line) {
        String[] words = line.strip().split("\\s+", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("must be topics and a text, such as 'robot/*/pose {1} POSE {x} {y}'");
        }
        TopicPattern topics = TopicPattern.parse(words[0]);
        return new TextTemplate(line, topics, Phrase.parse(topics, words[1]));
    }

    /** The text of {@code message}; empty if it is on another topic or lacks a field. */
    @Override
    public Optional<String> text(Message message) {
        return topics.matches(message.topic().text()) ? Optional.ofNullable(text.of(message)) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextTemplate that && line.equals(that.line);
    }

    @Override
    public int hashCode() {
        return line.hashCode();
    }

    @Override
    public String toString() {
        return line;
    }
}

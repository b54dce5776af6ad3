package io.hawser.core.message;

import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of messages that come without one: {@code robot/* {1} AT {x} {y}}. Immutable.
 *
 * <pre>
 *   TOPICS TEXT
 *   {x}   in the text, the field x; a message without it gets no text from this template
 *   {1}   what the first wildcard of TOPICS stands for, {2} the second, ...
 * </pre>
 */
public final class TextTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

    private final String line;
    private final TopicPattern topics;
    private final List<Piece> pieces;

    /** A part of the text; null if the message has not what it takes. */
    private interface Piece {
        @Nullable
        String of(Message message);
    }

    private TextTemplate(String line, TopicPattern topics, List<Piece> pieces) {
        this.line = line;
        this.topics = topics;
        this.pieces = List.copyOf(pieces);
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
        List<Piece> pieces = new ArrayList<>();
        Matcher places = PLACE.matcher(words[1]);
        int at = 0;
        while (places.find()) {
            pieces.add(literal(words[1].substring(at, places.start())));
            pieces.add(place(topics, places.group(1)));
            at = places.end();
        }
        pieces.add(literal(words[1].substring(at)));
        return new TextTemplate(line, topics, pieces);
    }

    private static Piece literal(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("'" + text + "' has half a pair of braces; they hold a name, as in {x}");
        }
        return message -> text;
    }

    private static Piece place(TopicPattern topics, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("{} names neither a field nor, by its number, a wildcard");
        }
        if (!name.matches("\\d{1,3}")) {
            return message -> message.fields().get(name).map(Spoken::plain).orElse(null);
        }
        int wildcard = Integer.parseInt(name);
        if (wildcard >= 1 && wildcard <= topics.wildcards()) {
            return message -> topics.standsFor(wildcard, message.topic().text());
        }
        throw new IllegalArgumentException("'" + topics + "' has no wildcard number " + name);
    }

    /** The text of {@code message}; empty if it is on another topic or lacks a field. */
    public Optional<String> text(Message message) {
        if (!topics.matches(message.topic().text())) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            String said = piece.of(message);
            if (said == null) {
                return Optional.empty();
            }
            text.append(said);
        }
        return Optional.of(text.toString());
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

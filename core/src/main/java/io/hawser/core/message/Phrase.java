package io.hawser.core.message;

import io.hawser.core.match.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Words with places for what a message has: {@code {x}} is its field x, {@code {1}} what the first wildcard of its topics stands
 * for, {@code {2}} the second, and so on. Immutable.
 */
final class Phrase {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");

    private final List<Piece> pieces;

    /** A part of it; null if the message has not what it takes. */
    private interface Piece {
        @Nullable
        String of(Message message, UnaryOperator<String> escape);
    }

    private Phrase(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Reads {@code words} about messages on {@code topics}.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    static Phrase parse(TopicPattern topics, String words) {
        List<Piece> pieces = new ArrayList<>();
        Matcher places = PLACE.matcher(words);
        int at = 0;
        while (places.find()) {
            pieces.add(literal(words.substring(at, places.start())));
            pieces.add(place(topics, places.group(1)));
            at = places.end();
        }
        pieces.add(literal(words.substring(at)));
        return new Phrase(pieces);
    }

    private static Piece literal(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("'" + text + "' has half a pair of braces; they hold a name, as in {x}");
        }
        return (message, escape) -> text;
    }

    private static Piece place(TopicPattern topics, String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("{} names neither a field nor, by its number, a wildcard");
        }
        if (!isWildcard(name)) {
            return (message, escape) ->
                    message.fields().get(name).map(Spoken::plain).map(escape).orElse(null);
        }
        int wildcard = Integer.parseInt(name);
        List<String> segments = topics.segments();
        for (int i = 0, seen = 0; i < segments.size(); i++) {
            boolean rest = segments.get(i).equals(TopicPattern.REST);
            seen += rest || segments.get(i).equals(TopicPattern.ONE) ? 1 : 0;
            if (seen == wildcard && wildcard > 0) {
                int start = i;
                int most = rest ? 1 : 2;
                return (message, escape) -> message.topic().text().split("/", start + most)[start];
            }
        }
        throw new IllegalArgumentException("'" + topics + "' has no wildcard number " + name);
    }

    /** True if {@code name} in braces is a wildcard by its number. */
    static boolean isWildcard(String name) {
        return name.matches("\\d{1,3}");
    }

    /** What it says of {@code message}, which is on its topics; null if the message lacks a field. */
    @Nullable
    String of(Message message) {
        return of(message, UnaryOperator.identity());
    }

    /** The same, with {@code escape} of each field. */
    @Nullable
    String of(Message message, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            String said = piece.of(message, escape);
            if (said == null) {
                return null;
            }
            text.append(said);
        }
        return text.toString();
    }
}

package io.hawser.ivy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first words of all that this program ever says, if it knows them. A subscription that begins with {@code ^} and a word
 * for none of them is not kept, which saves matching ({@code specs/ivy.md} 1.14). The word of the subscription may be the
 * beginning of ours, as in ivy-c; ivy-java wants the whole word, and so misses {@code ^TRA.*} for {@code TRACK}. Immutable.
 */
final class MessageClasses {
    /** Every subscription is kept. */
    static final MessageClasses ALL = new MessageClasses(List.of());

    private static final Pattern WORD = Pattern.compile("^\\^([a-zA-Z0-9_-]+).*");

    private final List<String> words;

    MessageClasses(List<String> words) {
        this.words = List.copyOf(words);
    }

    boolean keep(String regexp) {
        Matcher word = WORD.matcher(regexp);
        return words.isEmpty() || !word.matches() || words.stream().anyMatch(ours -> ours.startsWith(word.group(1)));
    }
}

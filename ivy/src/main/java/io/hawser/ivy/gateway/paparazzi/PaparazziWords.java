package io.hawser.ivy.gateway.paparazzi;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a text of Paparazzi apart: words between spaces, {@code "several words"}, and {@code |c,h,a,r|} as older programs
 * write what is in quotation marks. Not thread-safe.
 */
final class PaparazziWords {
    private final String text;
    private int at;

    /**
     * One word.
     *
     * @param raw what it says, without its marks
     * @param mark the mark around it; a space if there is none
     */
    record Word(String raw, char mark) {
        /** As a string. */
        String text() {
            return mark == '|' ? String.join("", items()) : raw;
        }

        /** As the items of a list. */
        List<String> items() {
            return Stream.of(raw.split(",", -1)).filter(item -> !item.isEmpty()).toList();
        }
    }

    PaparazziWords(String text) {
        this.text = text;
    }

    /** True if no word is left. */
    boolean end() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at == text.length();
    }

    /** The next word; an empty one if none is left. */
    Word next() {
        if (end()) {
            return new Word("", ' ');
        }
        char mark = text.charAt(at);
        int close = mark == '"' || mark == '|' ? text.indexOf(mark, at + 1) : -1;
        if (close >= 0) {
            Word word = new Word(text.substring(at + 1, close), mark);
            at = close + 1;
            return word;
        }
        int space = text.indexOf(' ', at);
        Word word = new Word(text.substring(at, space < 0 ? text.length() : space), ' ');
        at = space < 0 ? text.length() : space;
        return word;
    }

    /** The next words up to {@code most}. */
    List<Word> upTo(int most) {
        List<Word> words = new ArrayList<>();
        while (words.size() < most && !end()) {
            words.add(next());
        }
        return words;
    }

    /** All that is left, as one word. */
    Word rest() {
        end();
        Word rest = new Word(text.substring(at), ' ');
        at = text.length();
        return rest;
    }
}

package io.hawser.core.border;

import io.hawser.core.match.TopicPattern;
import io.hawser.core.message.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives topics another name: {@code ivy/lab/* robots/{1}}. Immutable.
 *
 * <pre>
 *   TOPICS NAME
 *   {1}   in the name, what the first wildcard of TOPICS stands for, {2} the second, ...
 * </pre>
 */
public final class Rename {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d{1,3})}");

    private final String line;
    private final TopicPattern topics;
    /** A literal, a wildcard, a literal, a wildcard, ... and a literal at the end. */
    private final List<String> literals;

    private final List<Integer> wildcards;

    private Rename(String line, TopicPattern topics, List<String> literals, List<Integer> wildcards) {
        this.line = line;
        this.topics = topics;
        this.literals = List.copyOf(literals);
        this.wildcards = List.copyOf(wildcards);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static Rename parse(String line) {
        String[] words = line.strip().split("\\s+", 3);
        if (words.length != 2) {
            throw new IllegalArgumentException("must be topics and their new name, such as 'ivy/lab/* robots/{1}'");
        }
        Rename rename = of(words[0], words[1]);
        if (words[0].equals(words[1])) {
            throw new IllegalArgumentException("'" + words[0] + "' is called that already");
        }
        return rename;
    }

    /**
     * Gives {@code topics}, a pattern, the name {@code name}.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static Rename of(String topics, String name) {
        TopicPattern pattern = TopicPattern.parse(topics);
        List<String> literals = new ArrayList<>();
        List<Integer> wildcards = new ArrayList<>();
        Matcher places = PLACE.matcher(name);
        int at = 0;
        while (places.find()) {
            int wildcard = Integer.parseInt(places.group(1));
            if (wildcard < 1 || wildcard > pattern.wildcards()) {
                throw new IllegalArgumentException("'" + pattern + "' has no wildcard number " + wildcard);
            }
            literals.add(name.substring(at, places.start()));
            wildcards.add(wildcard);
            at = places.end();
        }
        literals.add(name.substring(at));
        if (literals.stream().anyMatch(literal -> literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0)) {
            throw new IllegalArgumentException(
                    "'" + name + "' has braces that hold no number of a wildcard, as in {1}");
        }
        new Topic(places.replaceAll("x"));
        return new Rename(pattern + " " + name, pattern, literals, wildcards);
    }

    /** The new name of {@code topic}, empty if it keeps its own. */
    public Optional<String> of(String topic) {
        if (!topics.matches(topic)) {
            return Optional.empty();
        }
        StringBuilder name = new StringBuilder(literals.get(0));
        for (int i = 0; i < wildcards.size(); i++) {
            name.append(topics.standsFor(wildcards.get(i), topic)).append(literals.get(i + 1));
        }
        return Optional.of(name.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rename that && line.equals(that.line);
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

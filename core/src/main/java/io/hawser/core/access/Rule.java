package io.hawser.core.access;

import io.hawser.core.match.TopicPattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of the access rules: {@code allow alice publish,subscribe robot/>}.
 *
 * <pre>
 *   allow|deny  WHO  ACTION[,ACTION...]  TOPICS
 *   WHO     a user's name, @ and a group's name, or * for everybody
 *   ACTION  publish, subscribe, kv.read, ...; kv.* for all that begin so; * for all
 *   TOPICS  a topic pattern; a segment may end in *
 * </pre>
 *
 * @param allow whether it allows or denies
 * @param who as written
 * @param actions what it is about
 * @param topics where
 */
public record Rule(boolean allow, String who, Set<Action> actions, RulePattern topics) {
    private static final String EVERYBODY = "*";

    /** A rule with a copy of {@code actions}. */
    public Rule {
        actions = Set.copyOf(actions);
    }

    /**
     * Reads one line.
     *
     * @throws IllegalArgumentException with a text for the user that says what is wrong
     */
    public static Rule parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException(
                    "must be four words, such as 'allow alice publish,subscribe robot/>' or 'deny * ivy.die >'");
        }
        if (!words[0].equals("allow") && !words[0].equals("deny")) {
            throw new IllegalArgumentException("must begin with allow or deny, not '" + words[0] + "'");
        }
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (String word : words[2].split(",", -1)) {
            actions.addAll(actions(word));
        }
        return new Rule(words[0].equals("allow"), words[1], actions, RulePattern.parse(words[3]));
    }

    private static List<Action> actions(String word) {
        List<Action> named = List.of(Action.values());
        if (word.endsWith("*")) {
            String start = word.substring(0, word.length() - 1);
            named = named.stream()
                    .filter(action -> action.label().startsWith(start))
                    .toList();
        } else {
            named = Action.labelled(word).map(List::of).orElse(List.of());
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no action '" + word + "'; the actions are " + String.join(", ", Action.labels()));
        }
        return named;
    }

    /** The group it is about, if it is about one. */
    public Optional<String> group() {
        return who.startsWith("@") ? Optional.of(who.substring(1)) : Optional.empty();
    }

    /** The one user it is about, if it is about one. */
    public Optional<String> user() {
        return who.startsWith("@") || who.equals(EVERYBODY) ? Optional.empty() : Optional.of(who);
    }

    boolean isAbout(Principal principal, Action action) {
        return actions.contains(action)
                && (who.equals(EVERYBODY)
                        || group().map(principal.groups()::contains).orElseGet(() -> who.equals(principal.name())));
    }

    boolean decides(Principal principal, Action action, String topic) {
        return isAbout(principal, action) && topics.matches(topic);
    }

    boolean covers(TopicPattern pattern) {
        return topics.covers(pattern);
    }

    boolean touches(TopicPattern pattern) {
        return topics.touches(pattern);
    }

    @Override
    public String toString() {
        return (allow ? "allow " : "deny ")
                + who
                + ' '
                + actions.stream().sorted().map(Action::label).collect(Collectors.joining(","))
                + ' '
                + topics;
    }
}

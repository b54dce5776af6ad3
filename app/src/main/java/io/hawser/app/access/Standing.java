package io.hawser.app.access;

import io.hawser.core.access.Access;
import io.hawser.core.access.Action;
import io.hawser.core.access.Coverage;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rules;
import io.hawser.core.match.TopicPattern;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What holds now of who may log in and who may do what: one snapshot that nobody changes, and that {@link #hold} replaces as a
 * whole. Whoever asks looks at the newest. Callable from any thread.
 */
public final class Standing implements Access {
    private final UnaryOperator<Access> guarding;
    private volatile Held held;

    /**
     * What holds together.
     *
     * @param settings as they were read
     * @param users by name
     * @param tokens by digest
     * @param access what the rules allow
     */
    private record Held(AccessSettings settings, Map<String, User> users, Map<String, Token> tokens, Access access) {}

    /** At first {@code settings} hold; {@code guarding} adds to all rules what else must be allowed in this hub. */
    public Standing(AccessSettings settings, UnaryOperator<Access> guarding) {
        this.guarding = guarding;
        this.held = held(settings);
    }

    /** The same where rules alone decide. */
    public Standing(AccessSettings settings) {
        this(settings, UnaryOperator.identity());
    }

    private Held held(AccessSettings settings) {
        return new Held(
                settings,
                settings.users().stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity())),
                settings.tokens().stream()
                        .collect(Collectors.toUnmodifiableMap(Token::sha256, Function.identity(), (one, same) -> one)),
                guarding.apply(new Rules(settings.rules())));
    }

    /** From now on {@code settings} hold, and none of what held before. */
    public void hold(AccessSettings settings) {
        held = held(settings);
    }

    /** What holds. */
    public AccessSettings settings() {
        return held.settings();
    }

    /** True if everybody may log in. */
    boolean open() {
        return held.settings().open();
    }

    /** The user {@code name}. */
    Optional<User> user(String name) {
        return Optional.ofNullable(held.users().get(name));
    }

    /** The token whose SHA-256 is {@code digest}: how long it takes tells something of a digest, which nobody can use. */
    Optional<Token> token(String digest) {
        return Optional.ofNullable(held.tokens().get(digest));
    }

    @Override
    public Access now() {
        return held.access();
    }

    @Override
    public boolean allows(Principal principal, Action action, String topic) {
        return now().allows(principal, action, topic);
    }

    @Override
    public Action missing(Principal principal, Action action, String topic) {
        return now().missing(principal, action, topic);
    }

    @Override
    public Coverage coverage(Principal principal, Action action, TopicPattern pattern) {
        return now().coverage(principal, action, pattern);
    }
}

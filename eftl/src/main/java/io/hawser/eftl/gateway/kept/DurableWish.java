package io.hawser.eftl.gateway.kept;

import io.hawser.core.access.Principal;
import io.hawser.core.match.ContentMatcher;
import io.hawser.core.match.Regexp;
import io.hawser.core.route.Interest;
import io.hawser.core.store.durable.DurableName;
import io.hawser.core.store.durable.DurableSettings;
import java.util.Optional;
import java.util.Set;

/**
 * What a subscription to a durable that several may share asks for.
 *
 * @param name the durable
 * @param settings what it is made with if it is not there
 * @param interest what it is to keep if it is not there, as far as the principal may hear
 * @param principal who subscribes
 */
public record DurableWish(DurableName name, DurableSettings settings, Interest interest, Principal principal) {
    /** True if it has no matcher, and so takes that of whoever was there before ({@code specs/eftl.md} 4). */
    boolean open() {
        return interest.topic().everything()
                && interest.content().predicates().isEmpty()
                && interest.regexp().isEmpty();
    }

    /** True if it asks for nothing else than {@code other}; who may hear it is another question. */
    boolean agrees(Interest other) {
        return interest.topic().equals(other.topic())
                && wanted(interest).equals(wanted(other))
                && text(interest).equals(text(other));
    }

    private static Set<ContentMatcher.Predicate> wanted(Interest interest) {
        return Set.copyOf(interest.content().predicates());
    }

    private static Optional<String> text(Interest interest) {
        return interest.regexp().map(Regexp::text);
    }
}

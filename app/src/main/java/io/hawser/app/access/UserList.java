package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.FailedLogins;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import io.hawser.core.count.Limit;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets in who is in a list and knows its password.
 *
 * <p>A hash takes a tenth of a second of a core on purpose, so it is made on an executor of its own with a bounded queue:
 * ten thousand clients that come back at once neither stop the hub nor each other. Who was found to be right is remembered
 * for some minutes, by a keyed digest that is worth nothing outside this process. Addresses that fail too often wait.
 */
public final class UserList implements Authenticator {
    private static final String REFUSED = "unknown user or wrong password";

    private final Standing standing;
    private final Executor hashing;
    private final InstantSource clock;
    private final ProvenLogins proven;
    private final Limit guesses;
    private final Limit waiting;
    private final FailedLogins failed = new FailedLogins();

    /** Checked when there is no such user, so that an answer takes as long as for a wrong password; made when the first is. */
    private static final class Nobody {
        static final User USER = new User("", PasswordHash.of("nobody"), Set.of());
    }

    /**
     * Lets in the users that {@code standing} holds; everybody, as long as it holds neither users nor tokens.
     *
     * @param hashing runs the slow work; throws {@link RejectedExecutionException} when too much waits
     * @param clock ends what is remembered
     * @param proven remembers who was right
     * @param counters of whom it puts off
     */
    public UserList(Standing standing, Executor hashing, InstantSource clock, ProvenLogins proven, Counters counters) {
        this.standing = standing;
        this.hashing = hashing;
        this.clock = clock;
        this.proven = proven;
        this.guesses = counters.limit("users.failed-logins");
        this.waiting = counters.limit("users.waiting-logins");
    }

    @Override
    public CompletableFuture<Admission> authenticate(Credentials credentials) {
        if (standing.open()) {
            return CompletableFuture.completedFuture(Admission.believed(
                    Authenticator.claimed(credentials), () -> standing.open() ? Validity.GOOD : Validity.ENDED));
        }
        long now = clock.millis();
        User user = standing.user(credentials.user()).orElse(null);
        if (isBanned(credentials.from(), now)) {
            guesses.reached();
            return refused("too many failed logins from " + credentials.from() + "; try again in some minutes");
        }
        if (credentials.user().isEmpty()) {
            return refused("log in with a user and its password");
        }
        if (user != null && proven.contains(user, credentials.secret(), now)) {
            return CompletableFuture.completedFuture(admission(user));
        }
        CompletableFuture<Admission> done = new CompletableFuture<>();
        try {
            hashing.execute(() -> check(user == null ? Nobody.USER : user, credentials, done));
        } catch (RejectedExecutionException full) {
            waiting.reached();
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException("too many logins at once; try again in some seconds", full));
        }
        return done;
    }

    private void check(User user, Credentials credentials, CompletableFuture<Admission> done) {
        try {
            if (user.password().matches(credentials.secret()) && !user.name().isEmpty()) {
                proven.add(user, credentials.secret(), clock.millis());
                done.complete(admission(user));
            } else {
                fails(credentials.from());
                done.completeExceptionally(new AccessException(REFUSED));
            }
        } catch (RuntimeException unusable) {
            done.completeExceptionally(unusable);
        }
    }

    private Admission admission(User user) {
        return new Admission(new Principal(user.name(), user.groups()), true, () -> validity(user));
    }

    /** With another password, too, one logs in anew: whoever had the older one may not be who has the newer. */
    private Validity validity(User then) {
        return standing.user(then.name())
                .map(now -> now.equals(then) ? Validity.GOOD : Validity.CHANGED)
                .orElse(Validity.ENDED);
    }

    private boolean isBanned(String from, long now) {
        synchronized (failed) {
            return failed.isBanned(from, now);
        }
    }

    private void fails(String from) {
        synchronized (failed) {
            failed.add(from, clock.millis());
        }
    }

    private static CompletableFuture<Admission> refused(String why) {
        return CompletableFuture.failedFuture(new AccessException(why));
    }
}

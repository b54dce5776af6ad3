package io.hawser.app.access;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Authenticator;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.FailedLogins;
import io.hawser.core.access.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets in who is in a list and knows its password.
 *
 * <p>A hash takes a tenth of a second of a core on purpose, so it is made on an executor of its own with a bounded queue:
 * ten thousand clients that come back at once neither stop the hub nor each other. Who was found to be right is remembered
 * for some minutes, by a keyed digest that is worth nothing outside this process. Addresses that fail too often wait.
 */
public final class UserList implements Authenticator {
    private static final String REFUSED = "unknown user or wrong password";

    private final Map<String, User> users;
    private final Executor hashing;
    private final InstantSource clock;
    private final ProvenLogins proven;
    private final FailedLogins failed = new FailedLogins();
    /** Checked when there is no such user, so that an answer takes as long as for a wrong password. */
    private final PasswordHash nobody = PasswordHash.of("nobody");

    /**
     * Lets in {@code users}.
     *
     * @param hashing runs the slow work; throws {@link RejectedExecutionException} when too much waits
     * @param clock ends what is remembered
     * @param proven remembers who was right
     */
    public UserList(List<User> users, Executor hashing, InstantSource clock, ProvenLogins proven) {
        this.users = users.stream().collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
        this.hashing = hashing;
        this.clock = clock;
        this.proven = proven;
    }

    @Override
    public CompletableFuture<Principal> authenticate(Credentials credentials) {
        long now = clock.millis();
        User user = users.get(credentials.user());
        if (isBanned(credentials.from(), now)) {
            return refused("too many failed logins from " + credentials.from() + "; try again in some minutes");
        }
        if (credentials.user().isEmpty()) {
            return refused("log in with a user and its password");
        }
        if (user != null && proven.contains(user, credentials.secret(), now)) {
            return CompletableFuture.completedFuture(new Principal(user.name(), user.groups()));
        }
        CompletableFuture<Principal> done = new CompletableFuture<>();
        try {
            hashing.execute(
                    () -> check(user == null ? new User("", nobody, java.util.Set.of()) : user, credentials, done));
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException("too many logins at once; try again in some seconds", full));
        }
        return done;
    }

    private void check(User user, Credentials credentials, CompletableFuture<Principal> done) {
        try {
            if (user.password().matches(credentials.secret()) && !user.name().isEmpty()) {
                proven.add(user, credentials.secret(), clock.millis());
                done.complete(new Principal(user.name(), user.groups()));
            } else {
                fails(credentials.from());
                done.completeExceptionally(new AccessException(REFUSED));
            }
        } catch (RuntimeException unusable) {
            done.completeExceptionally(unusable);
        }
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

    private static CompletableFuture<Principal> refused(String why) {
        return CompletableFuture.failedFuture(new AccessException(why));
    }
}

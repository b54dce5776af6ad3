package io.hawser.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import io.hawser.core.count.Counters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class UserListTest {
    /** A cheap one: bcrypt of the least cost. */
    private static final String HUNTER2 = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private static final String ALICE = "alice";
    private static final Set<String> PILOTS = Set.of("pilots");

    private final Counters counters = new Counters();
    private final Queue<Runnable> hashing = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;
    private final Standing standing = new Standing(settings(new User(ALICE, PasswordHash.parse(HUNTER2), PILOTS)));
    private final UserList users = new UserList(
            standing,
            task -> {
                if (hashing.size() == 3) {
                    throw new RejectedExecutionException();
                }
                hashing.add(task);
            },
            clock,
            new ProvenLogins(new byte[32]),
            counters);

    private CompletableFuture<Admission> login(String user, String secret) {
        return users.authenticate(new Credentials(user, secret, "192.0.2.7"));
    }

    private static AccessSettings settings(User... users) {
        return new AccessSettings(List.of(users), List.of(), List.of());
    }

    private void hash() {
        while (!hashing.isEmpty()) {
            hashing.remove().run();
        }
    }

    @Test
    void letsInWhoKnowsThePassword() {
        CompletableFuture<Admission> login = login("alice", "hunter2");
        assertThat(login).isNotDone();
        hash();
        assertThat(login.join().principal()).isEqualTo(new Principal(ALICE, PILOTS));
    }

    @Test
    void whoIsInIsLetInAsLongAsItsUserIsTheSame() {
        CompletableFuture<Admission> login = login("alice", "hunter2");
        hash();
        Admission in = login.join();
        standing.hold(settings(new User(ALICE, PasswordHash.parse(HUNTER2), PILOTS)));
        assertThat(in.validity().get()).isEqualTo(Validity.GOOD);
        standing.hold(settings(new User(ALICE, PasswordHash.parse(HUNTER2), Set.of())));
        assertThat(in.validity().get()).isEqualTo(Validity.CHANGED);
        standing.hold(settings(new User("bob", PasswordHash.parse(HUNTER2), PILOTS)));
        assertThat(in.validity().get()).isEqualTo(Validity.ENDED);
        assertThat(login("alice", "hunter2")).isNotDone();
    }

    @Test
    void withNeitherUsersNorTokensEverybodyIsBelievedUntilThereAreSome() {
        standing.hold(settings());
        Admission in = login("carol", "anything").join();
        assertThat(in.principal()).isEqualTo(new Principal("carol"));
        assertThat(in.proven()).isFalse();
        standing.hold(settings(new User(ALICE, PasswordHash.parse(HUNTER2), PILOTS)));
        assertThat(in.validity().get()).isEqualTo(Validity.ENDED);
    }

    @Test
    void aThousandWhoComeBackAtOnceAreNotHashedAgain() {
        login("alice", "hunter2");
        hash();
        for (int i = 0; i < 1_000; i++) {
            assertThat(login("alice", "hunter2")).as("reconnect %d", i).isCompleted();
        }
        assertThat(hashing).isEmpty();
    }

    @Test
    void aWrongNameAndAWrongPasswordSoundAlike() {
        List<CompletableFuture<Admission>> wrong = List.of(login("alice", "hunter3"), login("bob", "hunter2"));
        hash();
        wrong.forEach(login -> assertThatThrownBy(login::join)
                .hasCauseInstanceOf(AccessException.class)
                .cause()
                .hasMessage("unknown user or wrong password"));
    }

    @Test
    void whoGivesNoNameIsToldToDoSoAtOnce() {
        assertThatThrownBy(login("", "")::join)
                .hasCauseInstanceOf(AccessException.class)
                .hasMessageContaining("log in with a user and its password");
        assertThat(hashing).isEmpty();
    }

    @Test
    void whoWasRightIsNotHashedAgainForTenMinutes() {
        login("alice", "hunter2");
        hash();
        now = now.plusSeconds(599);
        assertThat(login("alice", "hunter2")).isCompleted();
        assertThat(login("alice", "hunter3")).isNotDone();
        now = now.plusSeconds(2);
        assertThat(login("alice", "hunter2")).isNotDone();
    }

    @Test
    void tooManyAtOnceAreToldToComeBack() {
        login("alice", "hunter2");
        login("alice", "hunter2");
        login("alice", "hunter2");
        assertThat(counters.limit("users.waiting-logins").times()).isZero();
        assertThatThrownBy(login("alice", "hunter2")::join).hasMessageContaining("too many logins at once");
        assertThat(counters.limit("users.waiting-logins").times()).isEqualTo(1);
    }

    @Test
    void anAddressThatGuessesWaitsFiveMinutes() {
        for (int i = 0; i < 15; i++) {
            assertThat(login("alice", "guess" + i)).as("guess %d", i).isNotDone();
            hash();
        }
        assertThatThrownBy(login("alice", "hunter2")::join)
                .hasMessageContaining("too many failed logins from 192.0.2.7");
        assertThat(counters.limit("users.failed-logins").times()).isEqualTo(1);
        assertThat(users.authenticate(new Credentials("alice", "hunter2", "192.0.2.8")))
                .isNotDone();
        now = now.plusSeconds(300);
        CompletableFuture<Admission> later = login("alice", "hunter2");
        hash();
        assertThat(later).isCompleted();
    }
}

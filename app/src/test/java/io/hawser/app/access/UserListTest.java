package io.hawser.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
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

    private final Queue<Runnable> hashing = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private final InstantSource clock = () -> now;
    private final UserList users = new UserList(
            List.of(new User("alice", PasswordHash.parse(HUNTER2), Set.of("pilots"))),
            task -> {
                if (hashing.size() == 3) {
                    throw new RejectedExecutionException();
                }
                hashing.add(task);
            },
            clock,
            new ProvenLogins(new byte[32]));

    private CompletableFuture<Principal> login(String user, String secret) {
        return users.authenticate(new Credentials(user, secret, "192.0.2.7"));
    }

    private void hash() {
        while (!hashing.isEmpty()) {
            hashing.remove().run();
        }
    }

    @Test
    void letsInWhoKnowsThePassword() {
        CompletableFuture<Principal> login = login("alice", "hunter2");
        assertThat(login).isNotDone();
        hash();
        assertThat(login.join()).isEqualTo(new Principal("alice", Set.of("pilots")));
    }

    @Test
    void aWrongNameAndAWrongPasswordSoundAlike() {
        List<CompletableFuture<Principal>> wrong = List.of(login("alice", "hunter3"), login("bob", "hunter2"));
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
        assertThatThrownBy(login("alice", "hunter2")::join).hasMessageContaining("too many logins at once");
    }

    @Test
    void anAddressThatGuessesWaitsFiveMinutes() {
        for (int i = 0; i < 15; i++) {
            assertThat(login("alice", "guess" + i)).as("guess %d", i).isNotDone();
            hash();
        }
        assertThatThrownBy(login("alice", "hunter2")::join)
                .hasMessageContaining("too many failed logins from 192.0.2.7");
        assertThat(users.authenticate(new Credentials("alice", "hunter2", "192.0.2.8")))
                .isNotDone();
        now = now.plusSeconds(300);
        CompletableFuture<Principal> later = login("alice", "hunter2");
        hash();
        assertThat(later).isCompleted();
    }
}

package io.hawser.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.access.AccessException;
import io.hawser.core.access.Admission;
import io.hawser.core.access.Admission.Validity;
import io.hawser.core.access.Credentials;
import io.hawser.core.access.Principal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenListTest {
    private static final Instant END = Instant.parse("2027-01-31T00:00:00Z");
    private static final String FOREVER = Token.random(new SecureRandom());
    private static final String BRIEF = Token.random(new SecureRandom());

    private Instant now = END.minusMillis(1);
    private final Standing standing = new Standing(new AccessSettings(
            List.of(),
            List.of(
                    new Token("drone-7", Set.of("drones"), Token.digest(FOREVER), Optional.empty()),
                    new Token("visitor", Set.of(), Token.digest(BRIEF), Optional.of(END))),
            List.of()));
    private final TokenList tokens = new TokenList(
            standing,
            () -> now,
            credentials ->
                    CompletableFuture.completedFuture(Admission.of(new Principal("user " + credentials.user()))));

    private CompletableFuture<Admission> login(String user, String secret) {
        return tokens.authenticate(new Credentials(user, secret, "192.0.2.7"));
    }

    @Test
    void whoShowsATokenIsThatOfTheToken() {
        assertThat(login("$token", FOREVER).join().principal()).isEqualTo(new Principal("drone-7", Set.of("drones")));
        assertThat(login("", FOREVER).join().principal()).isEqualTo(new Principal("drone-7", Set.of("drones")));
    }

    @Test
    void aTokenLetsNobodyInFromItsEndOn() {
        assertThat(login("$token", BRIEF).join().principal()).isEqualTo(new Principal("visitor"));
        now = END;
        assertRefused(login("$token", BRIEF));
        assertThat(login("$token", FOREVER).join().principal().name()).isEqualTo("drone-7");
    }

    @Test
    void whoIsInIsLetInAsLongAsItsTokenIsTheSame() {
        Admission brief = login("$token", BRIEF).join();
        Admission forever = login("$token", FOREVER).join();
        assertThat(brief.validity().get()).isEqualTo(Validity.GOOD);
        now = END;
        assertThat(brief.validity().get()).isEqualTo(Validity.ENDED);
        standing.hold(new AccessSettings(
                List.of(),
                List.of(new Token("drone-7", Set.of(), Token.digest(FOREVER), Optional.empty())),
                List.of()));
        assertThat(forever.validity().get()).isEqualTo(Validity.CHANGED);
        standing.hold(new AccessSettings(List.of(), List.of(), List.of()));
        assertThat(forever.validity().get()).isEqualTo(Validity.ENDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "drone-7", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anyOtherIsRefused(String secret) {
        assertRefused(login("$token", secret));
    }

    @Test
    void theDigestIsNoToken() {
        assertRefused(login("$token", Token.digest(FOREVER)));
    }

    @Test
    void whoSaysAUserIsAUser() {
        assertThat(login("alice", FOREVER).join().principal()).isEqualTo(new Principal("user alice"));
        assertThat(login("", "").join().principal()).isEqualTo(new Principal("user "));
    }

    @Test
    void aTokenHas256BitsAndNothingToEscape() {
        assertThat(FOREVER).matches("[A-Za-z0-9_-]{43}").isNotEqualTo(BRIEF);
        assertThat(new Token("a", Set.of(), Token.digest(FOREVER), Optional.empty()).toString())
                .isEqualTo("token of a");
    }

    private static void assertRefused(CompletableFuture<Admission> login) {
        assertThatThrownBy(login::join)
                .hasCauseInstanceOf(AccessException.class)
                .cause()
                .hasMessage("unknown or expired token");
    }
}

package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.app.access.AccessSettings;
import io.hawser.app.access.Token;
import io.hawser.app.access.User;
import io.hawser.core.access.Action;
import io.hawser.core.access.Principal;
import io.hawser.core.access.Rule;
import io.hawser.core.access.Rules;
import io.hawser.eftl.gateway.channel.EftlChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users and rules as a file says them. */
class UsersAndRulesTest {
    /** A cheap one: bcrypt of the least cost. */
    private static final String HUNTER2 = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    @TempDir
    private Path folder;

    @Test
    void readsUsersTheirGroupsAndRules() throws IOException {
        AccessSettings access = read("""
                hawser {
                  ivy.lab {}
                  users {
                    "al.ice" { password = "HUNTER2", groups = [pilots] }
                    bob { password = "HUNTER2" }
                  }
                  rules = ["allow al.ice * >", "allow @pilots publish robot/>", "allow ivy/lab publish ivy/>"]
                }
                """);
        assertThat(access.users()).extracting(User::name).containsExactly("al.ice", "bob");
        assertThat(access.users()).extracting(User::groups).containsExactly(Set.of("pilots"), Set.of());
        assertThat(access.users().get(0).password().matches("hunter2")).isTrue();
        assertThat(access.rules()).extracting(Rule::who).containsExactly("al.ice", "@pilots", "ivy/lab");
    }

    @Test
    void readsTokens() throws IOException {
        String digest = Token.digest("secret");
        AccessSettings access = read("""
                hawser {
                  tokens {
                    drone-7 { sha256 = "DIGEST", groups = [drones], expires = "2027-01-31T00:00:00Z" }
                    old { sha256 = "DIGEST", principal = alice }
                  }
                  rules = ["allow drone-7 * >", "allow @drones * >", "allow alice * >"]
                }
                """.replace("DIGEST", digest));
        assertThat(access.open()).isFalse();
        assertThat(access.tokens())
                .containsExactly(
                        new Token(
                                "drone-7",
                                Set.of("drones"),
                                digest,
                                Optional.of(Instant.parse("2027-01-31T00:00:00Z"))),
                        new Token("alice", Set.of(), digest, Optional.empty()));
    }

    @Test
    void tellsWhatIsWrongWithATokenWithoutShowingIt() {
        assertThatThrownBy(() -> read("""
                        hawser {
                          tokens { "a b" { sha256 = "s3cret", expires = tomorrow } }
                          rules = ["allow * * >"]
                        }
                        """))
                .hasMessageContaining("the name must be 1 to 64 letters")
                .hasMessageContaining("run hawser token NAME")
                .hasMessageContaining("must be a time such as 2027-01-31T00:00:00Z")
                .message()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> read("hawser { tokens { a { sha256 = \"" + Token.digest("x") + "\" } } }"))
                .hasMessageContaining("say who may do what");
    }

    @Test
    void aChannelNamesGroupsOfUsers() throws IOException {
        Path file = Files.writeString(folder.resolve("groups.conf"), """
                hawser {
                  users { bob { password = "HUNTER2", groups = [pilots] } }
                  rules = ["allow * * >"]
                  eftl { subscribe-group = pilots, channels { side { publish-group = pilots, subscribe-group = "" } } }
                }
                """.replace("HUNTER2", HUNTER2));
        assertThat(new ConfigReader(Map.of()).file(file).read().eftl().channels())
                .extracting(EftlChannel::name, channel -> channel.groups().publish(), channel -> channel.groups()
                        .subscribe())
                .containsExactly(
                        tuple("channel", Optional.empty(), Optional.of("pilots")),
                        tuple("side", Optional.of("pilots"), Optional.empty()));
    }

    @Test
    void rulesCanComeFromTheEnvironment() {
        assertThat(new ConfigReader(Map.of("HAWSER_RULES", "[\"allow * subscribe >\"]"))
                        .read()
                        .access()
                        .rules())
                .containsExactly(Rule.parse("allow * subscribe >"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clever/7/execute",
                "clever/7/service_restart",
                "clever/7/reboot",
                "clever/7/reboot_fcu",
                "clever/7/request/execute",
                "clever/7/request/service_restart",
                "clever/7/request/reboot_all"
            })
    void withoutUsersEverybodyMayDoAllButWhatCannotBeUndone(String topic) {
        Rules rules = new Rules(
                new ConfigReader(Map.of()).development().read().access().rules());
        assertThat(rules.allows(Principal.ANONYMOUS, Action.PUBLISH, topic)).isFalse();
        assertThat(rules.allows(Principal.ANONYMOUS, Action.REQUEST, topic)).isFalse();
        assertThat(rules.allows(Principal.ANONYMOUS, Action.SUBSCRIBE, topic)).isTrue();
        assertThat(rules.allows(Principal.ANONYMOUS, Action.PUBLISH, "clever/7/land"))
                .isTrue();
        assertThat(rules.allows(Principal.ANONYMOUS, Action.IVY_DIE, "ivy/local/A"))
                .isFalse();
        assertThat(rules.allows(Principal.ANONYMOUS, Action.KV_WRITE, "a/b")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hawser { users.bob.password = hunter2, rules = ["allow bob * >"] } | hawser.users.bob.password (FILE: 1) must be a password hash: run hawser passwd USER and put what it prints here (argon2id; bcrypt is read too)
            hawser { users.bob {}, rules = ["allow bob * >"] } | hawser.users.bob.password (defaults.conf: LINE) must be a password hash: run hawser passwd USER and put what it prints here (argon2id; bcrypt is read too)
            hawser { users.bob { password = "HUNTER2" } } | hawser.users (FILE: 1) nobody may do anything without rules; say who may do what, such as hawser.rules = ["allow * * >"]
            hawser.rules = [] | hawser.rules (FILE: 1) nobody may do anything without rules; say who may do what, such as hawser.rules = ["allow * * >"]
            hawser.rules = ["allow bob * >"] | hawser.rules = "allow bob * >" (FILE: 1) there is no user 'bob' in hawser.users and no gateway of that name
            hawser.rules = ["allow ivy/lab * >"] | hawser.rules = "allow ivy/lab * >" (FILE: 1) there is no user 'ivy/lab' in hawser.users and no gateway of that name
            hawser.rules = ["deny @crew * >"] | hawser.rules = "deny @crew * >" (FILE: 1) no user is in a group 'crew'
            hawser.rules = ["permit * * >"] | hawser.rules = "permit * * >" (FILE: 1) must begin with allow or deny, not 'permit'
            hawser { users."b b".password = "HUNTER2", rules = ["allow * * >"] } | hawser.users.b b (FILE: 1) the name must be 1 to 64 letters, digits, '.', '_' or '-', and not 'anonymous'
            hawser { users.anonymous.password = "HUNTER2", rules = ["allow * * >"] } | hawser.users.anonymous (FILE: 1) the name must be 1 to 64 letters, digits, '.', '_' or '-', and not 'anonymous'
            hawser { users.bob.pasword = x, rules = ["allow * * >"] } | unknown key hawser.users.bob.pasword (FILE: 1); did you mean hawser.users.bob.password?
            """)
    void tellsWhatIsWrongWithoutShowingAPassword(String text, String expected) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigException.class)
                .extracting(problem -> String.valueOf(problem.getMessage())
                        .replace(folder.resolve("hawser.conf").toString(), "FILE")
                        .replaceAll("defaults.conf: \\d+", "defaults.conf: LINE"))
                .asString()
                .startsWith(expected)
                .doesNotContain("hunter2", HUNTER2);
    }

    private AccessSettings read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("hawser.conf"), text.replace("HUNTER2", HUNTER2));
        return new ConfigReader(Map.of()).file(file).read().access();
    }
}

package io.hawser.store.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of credentials, and a server that asks for them. */
@Timeout(60)
class CredentialsTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("hub.creds"), text);
    }

    @Test
    void aServerLetsInWhoeverHasTheKeyThatItsAccountNames() throws Exception {
        NatsSettings settings = NatsScene.fresh();
        NatsOperator operator = new NatsOperator();
        Path known = Files.writeString(folder.resolve("server.conf"), operator.configuration());
        try (NatsServer server = NatsServer.fresh("-c", known.toString())) {
            NatsSettings there = new NatsSettings(
                    server.url(), settings.name(), 1, Duration.ofMillis(500), settings.lease(), NatsAccess.NONE);
            NatsAccess good = new NatsAccess(Optional.empty(), Optional.of(file(operator.creds())), Optional.empty());
            try (NatsScene scene = new NatsScene(there.withAccess(good), "hub").define()) {
                assertThat(NatsScene.done(scene.append(1))).isPositive();
            }
            NatsAccess other =
                    new NatsAccess(Optional.empty(), Optional.of(file(new NatsOperator().creds())), Optional.empty());
            assertThatThrownBy(() -> new NatsScene(there.withAccess(other), "hub"))
                    .hasMessageStartingWith(
                            "the NATS server at " + server.url() + " lets nobody in by these credentials")
                    .hasMessageEndingWith("; correct store.nats.creds");
        }
    }

    @Test
    void aFileOfAnotherKindOrADamagedOneIsRefusedWithoutShowingIt() throws Exception {
        String good = new NatsOperator().creds();
        Credentials read = Credentials.read(file(good));
        assertThat(read.sign(new byte[] {1})).hasSize(64);
        int begin = good.indexOf("\nSU") + 1;
        String seed = good.substring(begin, begin + 58);
        char other = seed.charAt(30) == 'A' ? 'B' : 'A';
        String damaged = seed.substring(0, 30) + other + seed.substring(31);
        for (String bad : new String[] {
            "", seed, good.replace(seed, damaged), good.replace(seed, seed.substring(2)), good.replace("JWT", "TXT")
        }) {
            assertThatThrownBy(() -> Credentials.read(file(bad)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the file " + folder.resolve("hub.creds")
                            + " (store.nats.creds) does not hold the JWT and the key of a user;"
                            + " 'nsc generate creds' writes such files");
        }
        assertThatThrownBy(() -> Credentials.read(folder.resolve("none")))
                .hasMessageContaining("cannot be read: java.nio.file.NoSuchFileException");
    }
}

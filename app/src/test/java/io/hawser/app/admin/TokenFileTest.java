package io.hawser.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path home;

    @Test
    void onlyItsUserCanReadIt() throws Exception {
        TokenFile file = TokenFile.of(Map.of("HOME", home.toString()), 9190).orElseThrow();
        assertThat(file.read()).isEmpty();

        file.write("first");
        file.write("second");

        assertThat(file.path()).isEqualTo(home.resolve(".local/state/hawser/admin-9190.token"));
        assertThat(file.read()).contains("second");
        assertThat(permissions(file.path())).isEqualTo("rw-------");
        assertThat(permissions(file.path().resolveSibling("."))).isEqualTo("rwx------");
        file.delete();
        assertThat(file.read()).isEmpty();
    }

    @Test
    void liesWhereTheEnvironmentSays() {
        Map<String, String> both = Map.of("HOME", "/home/u", "XDG_STATE_HOME", "/state");
        assertThat(TokenFile.of(both, 1).orElseThrow().path()).hasToString("/state/hawser/admin-1.token");
        assertThat(TokenFile.of(Map.of(), 1)).isEmpty();
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.clever.CleverPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser fleet files}, and what rules refuse to whom shows the admin token. */
@Timeout(60)
class FleetFilesTest extends FleetStage {
    @TempDir
    private Path temp;

    @Test
    void whatACopterHasSentCanBeListedTakenAndRemoved() throws Exception {
        CleverPeer copter = copter("copter-1", Files.createDirectory(temp.resolve("copter")));
        await().until(() -> lines("fleet", "ls").size() == 1);
        byte[] content = new byte[1_000_003];
        new Random(7).nextBytes(content);
        copter.sendFile(Files.write(temp.resolve("flight.log"), content), "logs/flight 1.log")
                .get(20, TimeUnit.SECONDS);
        await().until(() -> lines("fleet", "files", "ls", "copter-1").size() == 1);

        assertThat(lines("fleet", "files", "ls", "copter-1").get(0))
                .startsWith("owner=clever:copter-1  name=logs/flight 1.log  size=1000003  modified=");
        assertThat(lines("fleet", "files", "ls")).containsExactly("owner=clever:copter-1  bytes=1000003");
        Path to = temp.resolve("taken.log");
        assertThat(run("fleet", "files", "get", "copter-1", "logs/flight 1.log", to.toString()))
                .isZero();
        assertThat(to).hasBinaryContent(content);
        assertThat(run("fleet", "files", "get", "copter-1", "logs/flight 1.log", to.toString()))
                .isEqualTo(2);
        assertThat(run(
                        "fleet",
                        "files",
                        "get",
                        "copter-1",
                        "nothing",
                        temp.resolve("x").toString()))
                .isEqualTo(6);
        assertThat(run(
                        "fleet",
                        "files",
                        "get",
                        "copter-1",
                        "a//b",
                        temp.resolve("x").toString()))
                .isEqualTo(2);
        assertThat(lines("fleet", "files", "rm", "copter-1", "logs/flight 1.log"))
                .containsExactly("owner=clever:copter-1  name=logs/flight 1.log");
        assertThat(run("fleet", "files", "rm", "copter-1", "logs/flight 1.log")).isEqualTo(6);
        assertThat(lines("fleet", "files", "ls", "copter-1")).isEmpty();
    }

    @Test
    void whatACopterHasOnItsDiskIsFetchedAndTaken() throws Exception {
        byte[] content = new byte[300_001];
        new Random(7).nextBytes(content);
        Path own = Files.createDirectory(temp.resolve("copter"));
        Files.write(Files.createDirectory(own.resolve("logs")).resolve("flight.log"), content);
        copter("copter-1", own);
        await().until(() -> lines("fleet", "ls").size() == 1);

        Path to = temp.resolve("taken.log");
        List<String> told = lines("fleet", "fetch", "copter-1", "logs/flight.log", "--to", to.toString());
        assertThat(told.get(0)).isEqualTo("copter=copter-1  path=logs/flight.log  done=true");
        assertThat(told.get(1))
                .startsWith("owner=clever:copter-1  name=logs/flight.log  size=300001  sha256=")
                .endsWith("  file=" + to);
        assertThat(to).hasBinaryContent(content);
        assertThat(lines("fleet", "fetch", "copter-*", "logs/flight.log", "-o", "json"))
                .containsExactly("{\"copter\":\"copter-1\",\"path\":\"logs/flight.log\",\"done\":true}");

        assertThat(run("fleet", "fetch", "copter-9", "logs/flight.log")).isEqualTo(1);
        assertThat(out.toString()).contains("copter=copter-9  path=logs/flight.log  done=false  reason=");
        assertThat(run("fleet", "fetch", "red-*", "logs/flight.log")).isEqualTo(6);
        assertThat(run("fleet", "fetch", "copter-*", "logs/flight.log", "--to", "x"))
                .isEqualTo(2);
        assertThat(run("fleet", "fetch", "copter-1", "logs/flight.log", "--to", to.toString()))
                .isEqualTo(2);
    }

    @Test
    void whatTheRulesRefuseIsToldWithTheWayOut() throws IOException {
        copter("copter-1", temp);
        await().until(() -> lines("fleet", "ls").size() == 1);

        assertThat(run("fleet", "send", "execute", "--kwargs", "{\"command\": \"id\"}", "copter-1"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("copter=copter-1  done=false  reason=the rules do not allow 'execute': hawser.rules must let"
                        + " admin/token publish on clever/copter-1/execute");
    }
}

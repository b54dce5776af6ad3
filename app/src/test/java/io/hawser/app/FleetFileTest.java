package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.clever.CleverCommand;
import io.hawser.clever.CleverPeer;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser fleet file}. */
@Timeout(60)
class FleetFileTest extends FleetStage {
    @TempDir
    private Path temp;

    private Path red = Path.of("");
    private Path blue = Path.of("");

    @BeforeEach
    void twoCopters() throws IOException {
        red = Files.createDirectory(temp.resolve("red"));
        blue = Files.createDirectory(temp.resolve("blue"));
    }

    @Test
    void aFileGoesToManyAndComesOutAsItWas() throws IOException {
        copter("red-1", red);
        copter("blue-1", blue);
        await().until(() -> lines("fleet", "ls").size() == 2);
        byte[] content = new byte[3_000_001];
        new Random(42).nextBytes(content);
        Path file = Files.write(temp.resolve("show.bin"), content);

        List<String> printed = lines("fleet", "file", file + ":show.bin", "--all", "-o", "json");

        assertThat(printed)
                .extracting(line -> JsonText.read(line).string("copter").orElseThrow())
                .containsExactlyInAnyOrder("red-1", "blue-1");
        assertThat(printed)
                .allMatch(line -> Value.Bool.of(true).equals(JsonText.read(line).find("done")));
        assertThat(err.toString()).contains("sent to 2 of 2");
        await().untilAsserted(() -> {
            assertThat(red.resolve("show.bin")).hasBinaryContent(content);
            assertThat(blue.resolve("show.bin")).hasBinaryContent(content);
        });
    }

    @Test
    void ofAFolderEachGetsTheFileThatIsNamedAfterIt() throws IOException {
        copter("red-1", red);
        copter("blue-1", blue);
        copter("green-1", Files.createDirectory(temp.resolve("green")));
        await().until(() -> lines("fleet", "ls").size() == 3);
        Path folder = Files.createDirectory(temp.resolve("animations"));
        Files.writeString(folder.resolve("red-1.csv"), "red");
        Files.writeString(folder.resolve("b.*-[0-9].csv"), "blue");
        Files.writeString(folder.resolve(".hidden"), "");

        assertThat(run("fleet", "file", folder.toString(), "--as", "animation", "--all"))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains("copter=red-1  path=animation.csv  done=true")
                .contains("copter=blue-1  path=animation.csv  done=true")
                .contains("copter=green-1  done=false  reason=no file in " + folder + " is named after it");
        await().untilAsserted(() -> {
            assertThat(red.resolve("animation.csv")).hasContent("red");
            assertThat(blue.resolve("animation.csv")).hasContent("blue");
        });
        Files.writeString(folder.resolve("red-..csv"), "red too");
        assertThat(run("fleet", "file", folder.toString(), "--as", "animation", "red-1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("are both for red-1; rename one");
    }

    @Test
    void anArmedCopterIsSentNothingUnlessForced() throws IOException {
        CleverPeer copter = copter("red-1", red);
        await().until(() -> lines("fleet", "ls").size() == 1);
        copter.send(
                CleverCommand.of("telemetry").with("value", new Value.Nested(Fields.of("armed", Value.Bool.of(true)))));
        await().until(() -> lines("fleet", "ls").get(0).contains("\"armed\":true"));
        Path file = Files.writeString(temp.resolve("a.csv"), "1,2,3");

        assertThat(run("fleet", "file", file + ":a.csv", "red-1")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "copter=red-1  path=a.csv  done=false  reason=it is armed, and a file keeps commands waiting");
        assertThat(lines("fleet", "file", file + ":a.csv", "red-*", "--force")).hasSize(1);
        await().untilAsserted(() -> assertThat(red.resolve("a.csv")).hasContent("1,2,3"));
    }

    @Test
    void whatCannotBeSentIsTold() throws IOException {
        Path file = Files.writeString(temp.resolve("a.csv"), "");
        assertThat(run("fleet", "file", file + ":a.csv", "--all")).isEqualTo(6);
        copter("red-1", red);
        await().until(() -> lines("fleet", "ls").size() == 1);

        assertThat(run("fleet", "file", file + ":a.csv", "nobody")).isEqualTo(1);
        assertThat(run("fleet", "file", file.toString(), "--all")).isEqualTo(2);
        assertThat(run("fleet", "file", temp.resolve("none") + ":a.csv", "--all"))
                .isEqualTo(2);
        assertThat(run("fleet", "file", file.toString(), "--as", "nonsense", "--all"))
                .isEqualTo(2);
        assertThat(run("fleet", "file", file + ":a;reboot", "--all")).isEqualTo(1);
        assertThat(out.toString()).contains("copters hand it to a shell");
        assertThat(run("fleet", "file", file.toString(), "--as", "calibration", "--all"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("it does not say where its Clover is (clover_dir is 'error')");
        assertThat(red).isEmptyDirectory();
    }

    @Test
    void anUploadGoesOnWhereItIsAndIsTakenOnce() {
        String upload = JsonText.read(post("/api/v1/uploads", "{\"size\":3}").text())
                .string("upload")
                .orElseThrow();
        assertThat(post("/api/v1/uploads/" + upload + "?offset=0", "ab").text()).contains("\"offset\":2");
        assertThat(post("/api/v1/uploads/" + upload + "?offset=0", "ab").status())
                .isEqualTo(409);
        assertThat(post("/api/v1/uploads/" + upload + "?offset=2", "c").text()).contains("\"offset\":3");
        String wrong = "{\"files\":[{\"upload\":\"" + upload + "\",\"sha256\":\"" + "0".repeat(64)
                + "\",\"path\":\"a\",\"copters\":[]}]}";
        assertThat(post("/api/v1/fleet/file", wrong).text()).contains("was promised; upload it again");
        assertThat(post("/api/v1/fleet/file", wrong).status()).isEqualTo(404);
        assertThat(ask("DELETE", "/api/v1/uploads/" + upload).status()).isEqualTo(404);
        assertThat(post("/api/v1/uploads", "{}").status()).isEqualTo(400);
        assertThat(post("/api/v1/fleet/file", "{\"files\":[1]}").status()).isEqualTo(400);
    }
}

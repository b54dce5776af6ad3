package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.text.JsonText;
import io.hawser.net.fault.FaultPlan;
import io.hawser.net.fault.FaultProxy;
import io.hawser.net.http.HttpCall;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser file}: the files of anybody, into the hub and out of it. */
@Timeout(60)
class FileCommandTest extends AdminStage {
    private static final int PIECE = 256 << 10;

    private final byte[] content = new byte[2 * PIECE + 17];
    private final Path temp;
    private final Path file;

    FileCommandTest(@TempDir Path temp) {
        super(Map.of());
        this.temp = temp;
        this.file = temp.resolve("manual.pdf");
    }

    @BeforeEach
    void write() throws IOException {
        new Random(7).nextBytes(content);
        Files.write(file, content);
    }

    private String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Test
    void aFileIsPutListedTakenAndRemoved() throws Exception {
        assertThat(lines("file", "put", file.toString(), "iot:pump-1/doc/manual 1.pdf", "-o", "json"))
                .containsExactly("{\"owner\":\"iot:pump-1\",\"name\":\"doc/manual 1.pdf\",\"size\":" + content.length
                        + ",\"sha256\":\"" + sha256() + "\"}");
        assertThat(lines("file", "put", file.toString(), "iot:pump-1/picture")).hasSize(1);
        assertThat(lines("file", "ls")).containsExactly("owner=iot:pump-1  bytes=" + 2 * content.length);
        assertThat(lines("file", "ls", "iot:pump-1")).hasSize(2);
        assertThat(lines("file", "ls", "iot:pump-1/doc/"))
                .singleElement()
                .asString()
                .startsWith("owner=iot:pump-1  name=doc/manual 1.pdf  size=" + content.length + "  modified=");

        Path to = temp.resolve("taken.pdf");
        assertThat(lines("file", "get", "iot:pump-1/doc/manual 1.pdf", to.toString()))
                .containsExactly("owner=iot:pump-1  name=doc/manual 1.pdf  size=" + content.length + "  sha256="
                        + sha256() + "  file=" + to);
        assertThat(to).hasBinaryContent(content);
        assertThat(run("file", "get", "iot:pump-1/doc/manual 1.pdf", to.toString()))
                .isEqualTo(2);
        assertThat(lines("file", "rm", "iot:pump-1/doc/manual 1.pdf"))
                .containsExactly("owner=iot:pump-1  name=doc/manual 1.pdf");
        assertThat(run("file", "rm", "iot:pump-1/doc/manual 1.pdf")).isEqualTo(6);
        assertThat(run("file", "get", "iot:pump-1/none", temp.resolve("none").toString()))
                .isEqualTo(6);
        assertThat(err.toString()).endsWith("hawser file get: there is no file iot:pump-1/none\n");
        assertThat(temp.resolve("none")).doesNotExist();
    }

    @Test
    void anEmptyFileIsAFileToo() throws Exception {
        Path empty = Files.createFile(temp.resolve("empty"));
        assertThat(lines("file", "put", empty.toString(), "me/empty").get(0)).contains("size=0");
        Path to = temp.resolve("taken");
        assertThat(lines("file", "get", "me/empty", to.toString())).hasSize(1);
        assertThat(to).isEmptyFile();
    }

    @Test
    void tellsWhatMakesNoSense() {
        assertThat(run("file", "get", "iot:pump-1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "hawser file get: 'iot:pump-1' must be OWNER/NAME, such as clever:copter-1/logs/flight.log\n");
        assertThat(run("file", "put", temp.resolve("none").toString(), "me/none"))
                .isEqualTo(2);
        assertThat(run("file", "put", file.toString(), "me/a//b")).isEqualTo(2);
        assertThat(err.toString()).endsWith("hawser file put: a segment of an object's name must not be empty\n");
        assertThat(run("file", "put", file.toString(), "me/x", "--resume", "nobody"))
                .isEqualTo(6);
    }

    @Test
    void whatIsThereOfAnUploadIsNotSentAgain() throws Exception {
        String upload = JsonText.read(post(
                                "/api/v1/uploads",
                                "{\"size\":" + content.length + ",\"owner\":\"iot:pump-1\",\"name\":\"manual.pdf\"}")
                        .text())
                .string("upload")
                .orElseThrow();
        send(HttpCall.of("POST", URI.create(url + "/api/v1/uploads/" + upload + "?offset=0"))
                .with("Authorization", "Bearer " + TOKEN)
                .with("application/octet-stream", Arrays.copyOf(content, PIECE)));
        assertThat(get("/api/v1/uploads/" + upload).text())
                .isEqualTo("{\"upload\":\"" + upload + "\",\"offset\":" + PIECE + "}");
        Path other = Files.write(temp.resolve("other"), Arrays.copyOf(content, 1_000));
        assertThat(run("file", "put", other.toString(), "iot:pump-1/manual.pdf", "--resume", upload))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the hub has " + PIECE + " bytes of this upload already");

        assertThat(lines("file", "put", file.toString(), "iot:pump-1/manual.pdf", "--resume", upload))
                .singleElement()
                .asString()
                .endsWith("sha256=" + sha256());
    }

    @Test
    void anUploadThatIsInterruptedSaysHowItGoesOn() throws Exception {
        URI hubs = URI.create(url);
        FaultPlan cut = FaultPlan.always(FaultPlan.Faults.NONE.ending(PIECE / 2, FaultPlan.End.RESET));
        try (FaultProxy line = new FaultProxy(new InetSocketAddress(hubs.getHost(), hubs.getPort()), cut, 1)) {
            Map<String, String> variables = Map.of(
                    "HAWSER_TOKEN",
                    TOKEN,
                    "HAWSER_ADMIN_URL",
                    "http://127.0.0.1:" + line.address().getPort());
            assertThat(run(variables, "file", "put", file.toString(), "iot:pump-1/manual.pdf"))
                    .as(err.toString())
                    .isEqualTo(3);
        }
        Matcher advice =
                Pattern.compile("; --resume (\\S+) goes on where it was\n$").matcher(err.toString());
        assertThat(advice.find()).as(err.toString()).isTrue();
        assertThat(get("/api/v1/files/iot:pump-1/manual.pdf").status()).isEqualTo(404);
        List<String> resumed =
                lines("file", "put", file.toString(), "iot:pump-1/manual.pdf", "--resume", advice.group(1));
        assertThat(resumed).singleElement().asString().endsWith("sha256=" + sha256());
    }
}

package io.hawser.app.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.Hawser;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a hub as a program writes when somebody logs in. */
@Timeout(60)
class HubLogTest {
    private static final Pattern URL = Pattern.compile("eftl (ws://\\S+)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "auto | \\{\"ts\":\"[^\"]+Z\",\"level\":\"INFO\",.*\"event\":\"HUB-1101 PARTY_JOINED\",\"msg\":\"eftl\\[gcs] logged in .*\"client_id\":\"gcs\",\"remote\":\"127.0.0.1:\\d+\"}",
                "text | \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  eftl\\[gcs] logged in from /127.0.0.1:\\d+ \\(HUB-1101 PARTY_JOINED\\)"
            })
    void itIsForWhoeverReadsIt(String format, String line, @TempDir Path folder) throws IOException {
        Path config =
                Files.writeString(folder.resolve("hub.conf"), "hawser { eftl.port = 0, log.format = " + format + " }");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process hub = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hawser.class.getName(),
                        "serve",
                        "-c",
                        config.toString())
                .start();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(hub.getInputStream(), UTF_8));
                BufferedReader err = new BufferedReader(new InputStreamReader(hub.getErrorStream(), UTF_8))) {
            try (EftlConnection client = Eftl.connect(
                            url(out), EftlOptions.defaults().clientId("gcs"))
                    .join()) {
                assertThat(err.readLine()).matches(line);
                assertThat(client.clientId()).isEqualTo("gcs");
            }
        } finally {
            hub.destroyForcibly();
        }
    }

    private static String url(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher url = URL.matcher(line);
            if (url.find()) {
                return url.group(1);
            }
        }
        throw new IOException("the hub ended");
    }
}

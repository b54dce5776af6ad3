package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.net.http.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard and the alerts ask for is what a hub tells. */
class DashboardTest extends AdminStage {
    private static final Pattern NAME = Pattern.compile("\\b(?:hawser|jvm|process)_[a-z_]+");
    private static final Path PACKAGING = Path.of("..", "packaging");

    DashboardTest(@TempDir Path folder) {
        super(new InitFolder(folder).settings());
    }

    /** Devices need a certificate. */
    private record InitFolder(Path folder) {
        Map<String, Object> settings() {
            DevelopmentAuthority own = DevelopmentAuthority.in(folder, Instant.now());
            return Map.of(
                    "iot.enabled",
                    true,
                    "iot.port",
                    0,
                    "iot.tls.certificate",
                    own.certificate().toString(),
                    "iot.tls.key",
                    own.key().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana/hub.json", "prometheus/alerts.yml"})
    void nothingIsAskedForThatAHubDoesNotTell(String file) throws IOException {
        Set<String> asked = new TreeSet<>();
        Matcher names = NAME.matcher(Files.readString(PACKAGING.resolve(file)));
        while (names.find()) {
            asked.add(names.group());
        }
        assertThat(asked).hasSizeGreaterThan(4);
        try (EftlConnection app = connect("app")) {
            app.publish(EftlMessage.ofText("so that there is traffic")).join();
            await().untilAsserted(() -> assertThat(told()).containsAll(asked));
        }
    }

    private Set<String> told() {
        return send(HttpCall.get(URI.create(url + "/metrics")))
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }
}

package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.link.Breaker;
import io.hawser.core.link.LinkLimits;
import io.hawser.core.match.TopicPattern;
import io.hawser.eftl.link.LinkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links in a configuration. */
class LinksSectionTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("hub.conf"), text);
    }

    @Test
    void everyLinkHasANameAnAddressAndWhatCrosses() throws IOException {
        Path file = file("""
                hawser {
                  links {
                    b { url = "wss://lab:secret@b.example:9191/channel", topics-in = ["news/>", "*/1"], topics-out = [] }
                    a { url = "ws://127.0.0.1:9191/channel|ws://[::1]:9191/channel", token = "t" }
                  }
                  link-limits { hops = 3, storm { times = 5, within = 2s, pause = 1m } }
                  rules = ["allow * * >", "deny link/a publish secret/>"]
                }
                """);
        HubConfig config = new ConfigReader(Map.of()).file(file).read();
        Breaker.Limits storm = new Breaker.Limits(5, Duration.ofSeconds(2), Duration.ofMinutes(1));
        assertThat(config.linkLimits()).isEqualTo(new LinkLimits(3, storm));
        assertThat(config.links()).extracting(LinkSettings::name).containsExactly("a", "b");
        LinkSettings a = config.links().get(0);
        assertThat(a.token()).isEqualTo("t");
        assertThat(a.topicsIn()).isEqualTo(List.of(TopicPattern.parse(">"))).isEqualTo(a.topicsOut());
        LinkSettings b = config.links().get(1);
        assertThat(b.topicsIn()).extracting(TopicPattern::toString).containsExactly("news/>", "*/1");
        assertThat(b.topicsOut()).isEmpty();
        assertThat(b.toString()).contains("b.example").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a {}                                | a.url (FILE: 1) '' is no eFTL address: it does not begin with ws:// or wss://; write ws[s]://[user[:password]@]host[:port]/channel[?clientId=id]
            a.url = "http://u:secret@h/channel" | a.url (FILE: 1) 'http://...@h/channel' is no eFTL address: it does not begin with ws:// or wss://; write ws[s]://[user[:password]@]host[:port]/channel[?clientId=id]
            a.url = "ws://u:secret@h/channel"   | a.url (FILE: 1) is not encrypted, the password neither: use wss://, or set hawser.links.a.insecure = true if you trust that whole network
            "a b".url = "ws://localhost/channel" | a b.url (FILE: 1) the name of a link is its name in rules: 1 to 64 letters, digits, '-' and '_', not 'a b'
            a { url = "ws://localhost/channel", topics-in = [">/a"] } | a.topics-in = ">/a" (FILE: 1) '>' in '>/a' must be the last segment
            a { url = "wss://h/channel", trust = "none.pem" } | a.trust = "none.pem" (FILE: 1) cannot be used:
            a { url = "wss://h/channel", topic-in = [] } | unknown key hawser.links.a.topic-in (FILE: 1); did you mean hawser.links.a.topics-in?
            """)
    void tellsWhatIsWrongAndShowsNoPassword(String text, String expected) throws IOException {
        Path file = file("hawser.links { " + text + " }");
        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(file).read())
                .isInstanceOf(ConfigException.class)
                .extracting(problem -> String.valueOf(problem.getMessage())
                        .replace(file.toString(), "FILE")
                        .replaceAll("defaults.conf: \\d+", "FILE: 1")
                        .replaceFirst("^hawser\\.links\\.", ""))
                .asString()
                .startsWith(expected)
                .doesNotContain("secret");
    }
}

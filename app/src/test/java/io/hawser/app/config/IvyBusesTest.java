package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.core.message.TextTemplate;
import io.hawser.ivy.engine.PortRange;
import io.hawser.ivy.gateway.IvySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IvyBusesTest {
    private static final String BEYOND =
            "can be reached from other machines, and nothing is encrypted, passwords neither;"
                    + " use a loopback address, or set hawser.ivy.lab.insecure = true if you trust that whole network";

    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("hawser.conf"), text);
    }

    @Test
    void eachNamedIvyBusStartsFromTheTemplate() throws IOException {
        Path file = file("""
                hawser.ivy {
                  lab { bus = "127.0.0.1:2011", patterns = ["^(?<ac>\\\\S+) GPS"] }
                  local { agent = "HUB" }
                }
                """);

        assertThat(new ConfigReader(Map.of("HAWSER_IVY__LAB__AGENT", "LAB"))
                        .file(file)
                        .read()
                        .ivy())
                .containsExactly(
                        new IvySettings("lab", "127.0.0.1:2011", "LAB", List.of("^(?<ac>\\S+) GPS")),
                        new IvySettings("local", "127.255.255.255:2010", "HUB", List.of()));
    }

    @Test
    void aBusMayListenForSomeTextsAndReachBeyondItsNetwork() throws IOException {
        Path file = file("""
                hawser {
                  ivy.lab {
                    listen = ["^GPS", "ALARM"], everything = true, insecure = true
                    seeds = ["192.0.2.1:2011", "192.0.2.2"], bind-address = "192.0.2.9", ports = "40000-40099"
                  }
                  texts = ["robot/* {1} AT {x}"]
                }
                """);

        HubConfig config = new ConfigReader(Map.of()).file(file).read();
        IvySettings lab = config.ivy().get(0);
        assertThat(lab.listen()).containsExactly("^GPS", "ALARM");
        assertThat(lab.everything()).isTrue();
        assertThat(lab.seeds())
                .containsExactly(new InetSocketAddress("192.0.2.1", 2011), new InetSocketAddress("192.0.2.2", 2010));
        assertThat(lab.bindAddress()).contains(InetAddress.getByName("192.0.2.9"));
        assertThat(lab.ports()).isEqualTo(new PortRange(40_000, 40_099));
        assertThat(config.texts()).containsExactly(TextTemplate.parse("robot/* {1} AT {x}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "a/b" {}                     | a/b = {} (FILE: 1) the name becomes a part of topics: use at most 64 letters, digits, '-' and '_'
            lab.agent = a b              | lab.agent = "a b" (FILE: 1) must be a name without spaces
            lab.listen = "x"             | lab.listen = "x" (FILE: 1) must be a list such as ["a", "b"]
            lab.listen = ["(x)"]         | lab.listen = "(x)" (FILE: 1) must not capture, because the whole text is taken: write (?:...) for (...)
            lab.everything = 1           | lab.everything = 1 (FILE: 1) must be true or false
            lab.seeds = ["127.0.0.1:x"]  | lab.seeds = "127.0.0.1:x" (FILE: 1) the seed '127.0.0.1:x' is wrong: expected 'host' or 'host:port', for example '172.17.0.2:2010'
            lab.seeds = ["192.0.2.1"]    | lab.seeds = ["192.0.2.1"] (FILE: 1) BEYOND
            lab.bind-address = "0.0.0.0" | lab.bind-address = "0.0.0.0" (FILE: 1) BEYOND
            lab.ports = 7                | lab.ports = 7 (FILE: 1) the ports '7' are wrong: expected 'first-last', for example '40000-40099'
            lab.ports = "9-7"            | lab.ports = "9-7" (FILE: 1) the ports 9 to 7 are wrong: expected two from 1 to 65535, the smaller one first
            """)
    void tellsWhatIsWrongAndWhatToDo(String text, String expected) throws IOException {
        Path file = file("hawser.ivy." + text);

        assertThatThrownBy(() -> new ConfigReader(Map.of()).file(file).read())
                .isInstanceOf(ConfigException.class)
                .extracting(problem -> String.valueOf(problem.getMessage()).replace(file.toString(), "FILE"))
                .isEqualTo("hawser.ivy." + expected.replace("BEYOND", BEYOND));
    }

    @Test
    void twoBusesOfOneNameAreRefused() {
        HubConfig one = new ConfigReader(Map.of()).development().read();
        assertThatThrownBy(() -> new HubConfig(
                        one.loops(),
                        one.log(),
                        one.data(),
                        one.access(),
                        one.texts(),
                        one.relays(),
                        one.retained(),
                        one.borders(),
                        one.eftl(),
                        one.rest(),
                        List.of(IvySettings.DEFAULT, IvySettings.DEFAULT.withBus("127.255.255.255:2011")),
                        Optional.empty(),
                        Optional.empty(),
                        one.links(),
                        one.linkLimits(),
                        one.admin(),
                        one.outbox(),
                        one.durable(),
                        one.limits(),
                        one.disk(),
                        one.nats(),
                        one.drain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two Ivy buses are called 'local'");
    }
}

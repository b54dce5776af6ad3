package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.HubConfig;
import io.hawser.app.hub.Hub;
import io.hawser.app.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hawser init}: what it makes is a hub that starts, and that a client trusts. */
class InitTest {
    private static final Instant NOW = Instant.parse("2027-01-31T10:00:00Z");

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    InitTest(@TempDir Path temp) {
        folder = temp.resolve("a \"hub\"");
    }

    @Test
    void theHubOfAFreshFolderIsTrustedByWhoTrustsTheAuthority() {
        assertThat(run(InstantSource.system(), Map.of(), "init", folder.toString()))
                .isZero();
        HubConfig config = new ConfigReader(Map.of())
                .file(folder.resolve("hawser.conf"))
                .flag("test", "eftl.port", 0)
                .flag("test", "admin.port", 0)
                .flag("test", "ivy.local.bus", "127.255.255.255:20979")
                .read();

        try (Hub hub = Hub.start(config)) {
            assertThat(hub.eftlUrl()).startsWith("wss://");
            String url = hub.eftlUrl().replace("127.0.0.1", "localhost");
            String ca = folder.resolve("ca.crt").toString();
            assertThat(run(InstantSource.system(), Map.of(), "pub", "-s", url, "--tlsca", ca, "a/b", "hello"))
                    .as(err.toString())
                    .isZero();
            assertThat(run(InstantSource.system(), Map.of(), "pub", "-s", url, "a/b", "hello"))
                    .isEqualTo(3);
            Map<String, String> admin = Map.of(
                    "HAWSER_ADMIN_URL",
                    hub.adminUrl().orElseThrow(),
                    "HAWSER_TOKEN",
                    config.admin().token().orElseThrow());
            assertThat(run(InstantSource.system(), admin, "client", "ls", "--tlsca", ca))
                    .as(err.toString())
                    .isZero();
        }
    }

    @Test
    void secretsAreForTheOwnerAlone() throws IOException {
        init();
        for (String secret : List.of("ca.key", "hub.key", "hawser.conf")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(secret))))
                    .isEqualTo("rw-------");
        }
        assertThat(out.toString()).doesNotContain("PRIVATE");
    }

    @Test
    void theCertificateIsForAllNamesAndSignedByTheAuthority() throws GeneralSecurityException, IOException {
        init("--name", "hub.example", "--name", "10.1.2.3", "--name", "fd00::7");

        List<X509Certificate> chain = certificates("hub.crt");
        X509Certificate authority = certificates("ca.crt").get(0);
        assertThat(chain).hasSize(2).element(1).isEqualTo(authority);
        chain.get(0).verify(authority.getPublicKey());
        assertThat(chain.get(0).getSubjectAlternativeNames().stream().map(name -> String.valueOf(name.get(1))))
                .contains("hub.example", "10.1.2.3", "fd00:0:0:0:0:0:0:7", "localhost", "127.0.0.1");
        assertThat(chain.get(0).getNotAfter().toInstant()).isEqualTo("2029-05-05T10:00:00Z");
        assertThat(chain.get(0).getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(err.toString()).contains("hub.crt is for hub.example, 10.1.2.3, fd00::7, localhost");
    }

    @Test
    void renewingKeepsTheAuthority() throws GeneralSecurityException, IOException {
        init();
        X509Certificate authority = certificates("ca.crt").get(0);
        X509Certificate before = certificates("hub.crt").get(0);

        assertThat(run(InstantSource.fixed(NOW.plusSeconds(86_400)), Map.of(), "init", folder.toString(), "--renew"))
                .isZero();

        assertThat(certificates("ca.crt").get(0)).isEqualTo(authority);
        X509Certificate after = certificates("hub.crt").get(0);
        after.verify(authority.getPublicKey());
        assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
        assertThat(after.getNotAfter()).isAfter(before.getNotAfter());
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        init();
        String key = Files.readString(folder.resolve("ca.key"));

        assertThat(run(InstantSource.fixed(NOW), Map.of(), "init", folder.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("has been made before");
        assertThat(folder.resolve("ca.key")).hasContent(key.strip());
    }

    @Test
    void whatMakesNoSenseIsTold() throws IOException {
        assertThat(run(InstantSource.fixed(NOW), Map.of(), "init", folder.toString(), "--renew"))
                .isEqualTo(6);
        assertThat(run(InstantSource.fixed(NOW), Map.of(), "init", folder.toString(), "--name", "no name"))
                .isEqualTo(2);
        init();
        Files.writeString(
                folder.resolve("ca.key"), "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
        assertThat(run(InstantSource.fixed(NOW), Map.of(), "init", folder.toString(), "--renew"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("holds no authority that can be used")
                .doesNotContain("Exception");
    }

    private void init(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "init";
        arguments[1] = folder.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        assertThat(run(InstantSource.fixed(NOW), Map.of(), arguments))
                .as(err.toString())
                .isZero();
    }

    private int run(InstantSource clock, Map<String, String> environment, String... arguments) {
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                environment,
                clock,
                ZoneOffset.UTC);
        return Hawser.commandLine(terminal).execute(arguments);
    }

    private List<X509Certificate> certificates(String file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(file))) {
            Collection<?> all = CertificateFactory.getInstance("X.509").generateCertificates(in);
            return all.stream().map(X509Certificate.class::cast).toList();
        }
    }
}

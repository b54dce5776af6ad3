package io.hawser.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.net.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsSectionTest {
    /** {@code hunter2}; a cheap one: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private static final String IDENTITY = "tls { certificate = \"FOLDER/a.crt\", key = \"FOLDER/a.key\" }";
    private static final String USERS = "users.bob.password = \"" + HASH + "\", rules = [\"allow * * >\"]";

    private final Path folder;

    TlsSectionTest(@TempDir Path folder) {
        this.folder = folder;
        Authority authority = new Authority(folder, "authority");
        authority.issue("127.0.0.1").write("a");
        authority.issue("127.0.0.1").write("b");
        authority.issue("127.0.0.1").pkcs12("open sesame");
    }

    private HubConfig read(String text) throws IOException {
        Path file = Files.writeString(
                folder.resolve("hawser.conf"), "hawser { " + text.replace("FOLDER", folder.toString()) + " }");
        return new ConfigReader(Map.of()).file(file).read();
    }

    @Test
    void aListenerIsWhoItsFilesSay() throws IOException {
        HubConfig both =
                read("eftl." + IDENTITY + ", admin.tls { keystore = \"FOLDER/store.p12\", password = open sesame }");
        assertThat(both.eftl().tls()).isPresent();
        assertThat(both.admin().tls()).isPresent();
        assertThat(read("").eftl().tls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            certificate = "FOLDER/a.crt" | hawser.eftl.tls.certificate = "FOLDER/a.crt" (CONF: 1) needs hawser.eftl.tls.key too
            key = "FOLDER/a.key" | hawser.eftl.tls.key = "FOLDER/a.key" (CONF: 1) needs hawser.eftl.tls.certificate too
            certificate = "FOLDER/none", key = "FOLDER/a.key" | cannot be used: cannot read certificates from FOLDER/none: there is no such file
            certificate = "FOLDER/a.crt", key = "FOLDER/none" | cannot be used: cannot read the key from FOLDER/none: there is no such file
            certificate = "FOLDER/a.crt", key = "FOLDER/b.key" | cannot be used: the key does not belong to the first certificate: FOLDER/a.crt and FOLDER/b.key
            certificate = "FOLDER/a.key", key = "FOLDER/a.key" | cannot be used: cannot read certificates from FOLDER/a.key
            certificate = "FOLDER/a.crt", key = "FOLDER/a.crt" | has no block of BEGIN PRIVATE KEY (PKCS#8, not encrypted); convert another kind with: openssl pkcs8 -topk8 -nocrypt
            keystore = "FOLDER/store.p12", password = "sesame close" | (is its password right?)
            keystore = "FOLDER/a.crt" | cannot be used: cannot read the PKCS12 store FOLDER/a.crt
            keystore = "FOLDER/store.p12", key = "FOLDER/a.key" | and a certificate with a key are two ways to say the same; say one
            certficate = x | unknown key hawser.eftl.tls.certficate (CONF: 1); did you mean hawser.eftl.tls.certificate?
            """)
    void whatCannotBeUsedIsToldInWords(String section, String expected) {
        assertThatThrownBy(() -> read("eftl.tls { " + section + " }"))
                .isInstanceOf(ConfigException.class)
                .extracting(problem -> String.valueOf(problem.getMessage())
                        .replace(folder.resolve("hawser.conf").toString(), "CONF")
                        .replace(folder.toString(), "FOLDER"))
                .asString()
                .contains(expected)
                .doesNotContain("sesame");
    }

    @Test
    void othersAreLetNearOnlyWithTlsAndUsers() throws IOException {
        String open = "eftl { host = 0.0.0.0, " + IDENTITY + " }";
        assertThat(read(open + ", " + USERS).eftl().host()).isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> read(open))
                .hasMessageContaining(
                        "can be reached from other machines, and without users everybody there may do what the"
                                + " rules allow; name hawser.users, use a loopback address, or set hawser.eftl.insecure = true");
        assertThatThrownBy(() -> read("eftl.host = 0.0.0.0, " + USERS))
                .hasMessageContaining(
                        "nothing is encrypted, passwords neither; say who the hub is in hawser.eftl.tls, ");
        assertThat(read("eftl { insecure = true, host = 0.0.0.0, " + IDENTITY + " }")
                        .eftl()
                        .host())
                .isEqualTo("0.0.0.0");
        assertThatThrownBy(() -> read("admin.host = 0.0.0.0"))
                .hasMessageContaining("say who the hub is in hawser.admin.tls, use a loopback address");
        assertThat(read("admin { host = 0.0.0.0, " + IDENTITY + " }").admin().host())
                .isEqualTo("0.0.0.0");
    }
}

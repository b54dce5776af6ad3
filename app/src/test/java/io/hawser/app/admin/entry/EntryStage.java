package io.hawser.app.admin.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.app.authority.DevelopmentAuthority;
import io.hawser.app.config.ConfigReader;
import io.hawser.app.config.ConfigSource;
import io.hawser.app.config.Configuration;
import io.hawser.app.hub.Hub;
import io.hawser.app.text.JsonText;
import io.hawser.net.Loops;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpClient;
import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub with all that has routes, users whose names say what they may, and browsers that log in. */
abstract class EntryStage implements ConfigSource {
    static final String TOKEN = "0123456789abcdef";

    /** {@code hunter2}: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    /** Rules under which groups are roles. */
    static final String ROLES =
            "\"allow @viewers admin.read admin/>\", \"allow @operators admin.read,admin.operate admin/>\","
                    + " \"allow @admins admin.* admin/>\"";
    /** All that parties say and keep may be seen and changed. */
    static final String CONTENTS =
            ", \"allow * publish,subscribe,request,kv.*,device.call,file.* >\", \"deny * publish clever/*/execute\"";

    final Hub hub;
    private final Path folder;
    private final boolean everything;
    private final Loops loops = Loops.start(1, "test");
    private final HttpClient client = new HttpClient(loops.next(), HttpClient.Options.defaults());

    /** {@code everything}: with copters and devices, too. */
    EntryStage(@TempDir Path folder, boolean everything) throws IOException {
        this.folder = folder;
        this.everything = everything;
        write(ROLES + CONTENTS);
        hub = Hub.start(read(), this);
    }

    @AfterEach
    void closeStage() {
        client.close();
        loops.close();
        hub.close();
    }

    /** From the next reload on {@code rules} hold. */
    final void write(String rules) throws IOException {
        Files.writeString(folder.resolve("hawser.conf"), """
                hawser {
                  eftl.port = 0
                  PARTIES
                  admin { port = 0, token = "TOKEN" }
                  users {
                    vera { password = "HASH", groups = [viewers] }
                    otto { password = "HASH", groups = [operators] }
                    anna { password = "HASH", groups = [admins] }
                    bob { password = "HASH" }
                  }
                  rules = [RULES]
                }
                """.replace("HASH", HASH)
                .replace("TOKEN", TOKEN)
                .replace("RULES", rules)
                .replace("PARTIES", everything ? parties() : ""));
    }

    private String parties() {
        DevelopmentAuthority own = DevelopmentAuthority.in(folder.resolve("own"), Instant.now());
        return """
                clever { enabled = true, port = 0, announce.enabled = false }
                iot { enabled = true, port = 0, tls { certificate = "CERTIFICATE", key = "KEY" } }
                """.replace("CERTIFICATE", own.certificate().toString())
                .replace("KEY", own.key().toString());
    }

    /** From the next reload on {@code text} of the configuration is {@code other}. */
    final void replace(String text, String other) throws IOException {
        Path file = folder.resolve("hawser.conf");
        Files.writeString(file, Files.readString(file).replace(text, other));
    }

    @Override
    public Configuration read() {
        return new ConfigReader(Map.of()).file(folder.resolve("hawser.conf")).readAll();
    }

    @Override
    public void taken(Configuration now) {}

    final HttpCall call(String method, String path) {
        return HttpCall.of(method, URI.create(hub.adminUrl().orElseThrow() + "/api/v1" + path));
    }

    final HttpResponse send(HttpCall call) {
        return client.send(call).join();
    }

    final HttpResponse logIn(String user, String password) {
        String said = "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
        return send(call("POST", "/session").with("application/json", said.getBytes(UTF_8)));
    }

    /** A browser in which {@code user} has logged in. */
    final Browser browser(String user) {
        return new Browser(logIn(user, "hunter2"));
    }

    /** What a browser keeps of a login. */
    final class Browser {
        final String cookie;
        final String csrf;

        Browser(HttpResponse login) {
            cookie = login.header("Set-Cookie")
                    .orElseThrow(() -> new AssertionError(login.text()))
                    .split(";", -1)[0];
            csrf = JsonText.read(login.text()).string("csrf").orElseThrow();
        }

        HttpCall asking(String method, String path) {
            return call(method, path).with("Cookie", cookie);
        }

        HttpResponse post(String path, String json) {
            return send(asking("POST", path).with("X-CSRF-Token", csrf).with("application/json", json.getBytes(UTF_8)));
        }

        HttpResponse ask(String method, String path) {
            return send(asking(method, path).with("X-CSRF-Token", csrf));
        }
    }
}

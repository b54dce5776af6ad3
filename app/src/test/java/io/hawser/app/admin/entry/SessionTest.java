package io.hawser.app.admin.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.net.http.HttpCall;
import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who logs in with a browser, what it shows after that, and what other pages cannot do with it. */
@Timeout(60)
class SessionTest extends EntryStage {
    SessionTest(@TempDir Path folder) throws IOException {
        super(folder, false);
    }

    @Test
    void whoeverLogsInHearsItsRolesAndKeepsACookieThatNoScriptSees() {
        HttpResponse login = logIn("otto", "hunter2");
        assertThat(login.status()).as(login.text()).isEqualTo(200);
        assertThat(login.header("Set-Cookie").orElseThrow())
                .matches("hawser-\\d+=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
        assertThat(login.text())
                .matches("\\{\"user\":\"otto\",\"roles\":\\[\"viewer\",\"operator\"],\"csrf\":\"[\\w-]{43}\"}");
        Browser browser = new Browser(login);
        assertThat(send(browser.asking("GET", "/session")).text()).isEqualTo(login.text());
        assertThat(browser.ask("GET", "/clients").status()).isEqualTo(200);
        assertThat(browser.ask("DELETE", "/session").header("Set-Cookie").orElseThrow())
                .contains("=; ", "Max-Age=0");
        assertThat(browser.ask("GET", "/clients").status()).isEqualTo(401);
        assertThat(browser.ask("GET", "/session").status()).isEqualTo(401);
    }

    @Test
    void theTokenOpensASessionOfAnAdmin() {
        HttpResponse login = send(call("POST", "/session").with("Authorization", "Bearer " + TOKEN));
        assertThat(login.text()).contains("\"user\":\"admin/token\",\"roles\":[\"viewer\",\"operator\",\"admin\"]");
        assertThat(new Browser(login).ask("POST", "/reload").text()).doesNotContain("may not");
        assertThat(send(call("POST", "/session").with("Authorization", "Bearer guess"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoMayDoNothingHereIsNotLetIn() {
        HttpResponse bob = logIn("bob", "hunter2");
        assertThat(bob.status()).isEqualTo(403);
        assertThat(bob.text())
                .contains("hawser.rules must let bob admin.read, admin.operate or admin.write on admin/>");
        assertThat(bob.header("Set-Cookie")).isEmpty();
        assertThat(logIn("otto", "wrong").status()).isEqualTo(401);
        assertThat(logIn("", "").status()).isEqualTo(401);
        HttpCall broken = call("POST", "/session").with("application/json", "{".getBytes(UTF_8));
        assertThat(send(broken).status()).isEqualTo(400);
    }

    @Test
    void whatChangesSomethingMustSayTheSessionsToken() {
        Browser otto = browser("otto");
        HttpCall delete = otto.asking("DELETE", "/clients/nobody");
        assertThat(send(delete).text()).contains("X-CSRF-Token");
        assertThat(send(delete).status()).isEqualTo(403);
        assertThat(send(delete.with("X-CSRF-Token", browser("otto").csrf)).status())
                .isEqualTo(403);
        assertThat(send(delete.with("X-CSRF-Token", otto.csrf)).status()).isEqualTo(404);
    }

    @Test
    void pagesOfOtherSitesCannotUseASession() {
        Browser otto = browser("otto");
        HttpCall get = otto.asking("GET", "/clients").with("X-CSRF-Token", otto.csrf);
        assertThat(send(get.with("Sec-Fetch-Site", "same-origin")).status()).isEqualTo(200);
        assertThat(send(get.with("Sec-Fetch-Site", "same-site")).status()).isEqualTo(403);
        assertThat(send(get.with("Sec-Fetch-Site", "cross-site")).status()).isEqualTo(403);
        assertThat(send(get.with("Origin", "http://127.0.0.1:1")).status()).isEqualTo(403);
        assertThat(send(get.with("Host", "evil.example")).status()).isEqualTo(421);
        HttpCall login = call("POST", "/session").with("application/json", "{}".getBytes(UTF_8));
        assertThat(send(login.with("Sec-Fetch-Site", "cross-site")).status()).isEqualTo(403);
        assertThat(send(login.with("Origin", "http://evil.example")).status()).isEqualTo(403);
    }

    @Test
    void whoeverGuessesHasToWait() {
        for (int i = 0; i < 15; i++) {
            assertThat(logIn("otto", "guess" + i).status()).isEqualTo(401);
        }
        HttpResponse late = logIn("otto", "hunter2");
        assertThat(late.status()).isEqualTo(429);
        assertThat(late.header("Retry-After")).contains("300");
        assertThat(send(call("GET", "/clients").with("Authorization", "Bearer " + TOKEN))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSessionEndsWithWhatLetItIn() throws IOException {
        Browser otto = browser("otto");
        write("\"allow @operators admin.read admin/clients\"");
        hub.reload().run();
        assertThat(otto.ask("GET", "/clients").status()).isEqualTo(200);
        assertThat(otto.ask("GET", "/ivy").status()).isEqualTo(403);
        replace("otto", "olga");
        hub.reload().run();
        assertThat(otto.ask("GET", "/clients").status()).isEqualTo(401);
    }

    @Test
    void whoLooksOnHearsWhatItMayByTheRulesOfTheMoment() throws Exception {
        write(ROLES + ", \"allow vera subscribe a/>\", \"allow * publish >\"");
        hub.reload().run();
        Browser vera = browser("vera");
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.adminUrl().orElseThrow() + "/api/v1/live"))
                .header("Cookie", vera.cookie)
                .build();
        java.net.http.HttpResponse<Stream<String>> live =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofLines());
        await().until(() -> browser("anna").ask("GET", "/subscriptions").text().contains("console/vera"));
        EftlOptions login = EftlOptions.defaults().login("bob", "hunter2");
        Iterator<String> lines =
                live.body().filter(line -> line.contains("\"rows\":[{")).iterator();
        try (EftlConnection bob = Eftl.connect(hub.eftlUrl(), login).join()) {
            bob.publish(EftlMessage.builder().setString("_dest", "b/secret").build())
                    .join();
            bob.publish(EftlMessage.builder().setString("_dest", "a/1").build()).join();
            assertThat(lines.next()).contains("\"topic\":\"a/1\"").doesNotContain("secret");
            write(ROLES + ", \"allow vera subscribe b/>\", \"allow * publish >\"");
            hub.reload().run();
            bob.publish(EftlMessage.builder().setString("_dest", "a/2").build()).join();
            bob.publish(EftlMessage.builder().setString("_dest", "b/1").build()).join();
            assertThat(lines.next()).contains("\"topic\":\"b/1\"").doesNotContain("a/2");
        }
        assertThat(vera.ask("DELETE", "/session").status()).isEqualTo(200);
        assertThat(lines.hasNext()).isFalse();
        write(ROLES);
        hub.reload().run();
        assertThat(browser("vera").ask("GET", "/live").text()).contains("vera may hear nothing of this");
    }

    @Test
    void theAuditNamesWhoDidIt() {
        Browser otto = browser("otto");
        assertThat(otto.ask("DELETE", "/clients/nobody").status()).isEqualTo(404);
        assertThat(otto.ask("POST", "/reload").status()).isEqualTo(403);
        assertThat(otto.ask("POST", "/reload").status()).isEqualTo(403);
        HttpResponse audit = browser("anna").ask("GET", "/audit");
        List<String> entries = ((Value.Sequence)
                        JsonText.read(audit.text()).get("items").orElseThrow())
                .values().stream()
                        .map(row -> ((Value.Nested) row).fields())
                        .map(SessionTest::entry)
                        .toList();
        assertThat(entries)
                .containsExactly(
                        "otto admin.POST /api/v1/session done",
                        "otto admin.DELETE /api/v1/clients/nobody failed",
                        "otto admin.POST /api/v1/reload refused",
                        "anna admin.POST /api/v1/session done");
    }

    private static String entry(Fields row) {
        return row.string("who").orElse("") + " " + row.string("action").orElse("") + " "
                + row.string("target").orElse("") + " " + row.string("outcome").orElse("");
    }
}

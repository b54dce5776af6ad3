package io.hawser.app.admin.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every role at every route: what is not listed here for somebody is refused. */
@Timeout(60)
class RolesTest extends EntryStage {
    /** What is read by admins alone. */
    private static final Set<String> SECRETS = Set.of("GET /backup", "GET /audit", "GET /audit/verify");

    /** What operators do beside looking. */
    private static final Set<String> OPERATING = Set.of(
            "DELETE /clients/{id}",
            "POST /publish",
            "DELETE /retained/{topic}",
            "POST /kv/{map}/{key*}",
            "DELETE /kv/{map}/{key*}",
            "DELETE /files/{owner}/{name*}",
            "POST /uploads",
            "GET /uploads/{upload}",
            "POST /uploads/{upload}",
            "POST /uploads/{upload}/commit",
            "DELETE /uploads/{upload}",
            "POST /fleet/command",
            "POST /fleet/request",
            "POST /fleet/start",
            "POST /fleet/file",
            "POST /fleet/fetch",
            "POST /devices/{device}/commands",
            "DELETE /commands/{command}",
            "POST /traces",
            "DELETE /traces/{id}");

    /** What shows or changes what parties say and keep, and needs rights there too. */
    private static final Set<String> CONTENTS = Set.of(
            "GET /retained",
            "DELETE /retained/{topic}",
            "GET /durables/{name}/messages",
            "GET /kv/{map}",
            "GET /kv/{map}/{key*}",
            "POST /kv/{map}/{key*}",
            "DELETE /kv/{map}/{key*}",
            "GET /files/{owner}/{name*}",
            "DELETE /files/{owner}/{name*}",
            "GET /fleet",
            "GET /fleet/check",
            "POST /fleet/file",
            "POST /fleet/fetch",
            "GET /devices/{device}/attributes",
            "GET /devices/{device}/messages",
            "GET /devices/{device}/commands",
            "GET /commands/{command}",
            "POST /traces",
            "GET /traces/{id}",
            "DELETE /commands/{command}");

    RolesTest(@TempDir Path folder) throws IOException {
        super(folder, true);
    }

    private static boolean viewerMay(String route) {
        return route.startsWith("GET ") && !SECRETS.contains(route) && !OPERATING.contains(route);
    }

    /** What would go on for ever refuses the regexp. */
    private static boolean passes(Browser browser, String route) {
        String[] parts = route.replaceAll("\\{\\w+\\*?}", "x").split(" ", -1);
        HttpResponse answer = browser.ask(parts[0], parts[1] + "?re=(");
        assertThat(answer.status()).as(route).isNotEqualTo(401);
        boolean refused = answer.status() == 403 && answer.text().contains(" may not do this: hawser.rules must let ");
        assertThat(refused || answer.status() != 403)
                .as(route + " " + answer.text())
                .isTrue();
        return !refused;
    }

    private List<String> routes() {
        List<String> routes = Needs.routes().toList();
        assertThat(routes)
                .hasSizeGreaterThan(70)
                .containsAll(OPERATING)
                .containsAll(SECRETS)
                .containsAll(CONTENTS);
        return routes;
    }

    @Test
    void eachRoleUsesItsRoutesAndNoOthers() {
        Browser viewer = browser("vera");
        Browser operator = browser("otto");
        Browser admin = browser("anna");
        for (String route : routes()) {
            assertThat(passes(viewer, route)).as("viewer " + route).isEqualTo(viewerMay(route));
            assertThat(passes(operator, route))
                    .as("operator " + route)
                    .isEqualTo(viewerMay(route) || OPERATING.contains(route));
            assertThat(passes(admin, route)).as("admin " + route).isTrue();
        }
    }

    @Test
    void aRoleAloneShowsNothingOfWhatPartiesSay() throws IOException {
        write(ROLES);
        hub.reload().run();
        Browser admin = browser("anna");
        for (String route : routes()) {
            assertThat(passes(admin, route)).as(route).isNotEqualTo(CONTENTS.contains(route));
        }
    }

    @Test
    void filesOfOthersTakeTheRightToThem() throws IOException {
        write(ROLES + ", \"allow otto file.send clever/>\", \"allow otto file.send iot:pump-1/*\"");
        hub.reload().run();
        Browser otto = browser("otto");
        assertThat(otto.post("/uploads", "{\"size\":1}").status()).isEqualTo(200);
        assertThat(otto.post("/uploads", "{\"size\":1,\"owner\":\"iot:pump-1\",\"name\":\"a\"}")
                        .status())
                .isEqualTo(200);
        assertThat(otto.post("/uploads", "{\"size\":1,\"owner\":\"iot:pump-2\",\"name\":\"a\"}")
                        .text())
                .contains("hawser.rules must let otto file.send on iot:pump-2/a");
        String kept = "{\"files\":[{\"owner\":\"iot:pump-1\",\"name\":\"a\",\"path\":\"a\",\"copters\":[]}]}";
        assertThat(otto.post("/fleet/file", kept).text())
                .contains("hawser.rules must let otto file.read on iot:pump-1/a");
    }

    @Test
    void aRuleMayGiveOneResourceAlone() throws IOException {
        write("\"allow bob admin.read,admin.operate admin/fleet/>\", \"allow bob subscribe clever/>\"");
        hub.reload().run();
        Browser bob = browser("bob");
        assertThat(bob.ask("POST", "/fleet/command").status()).isEqualTo(400);
        assertThat(bob.ask("GET", "/clients").text())
                .contains("bob may not do this: hawser.rules must let bob admin.read on admin/clients");
    }
}

package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.app.text.JsonText;
import io.hawser.core.value.Fields;
import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.net.http.HttpCall;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done over the admin listener is written down, once each, and what was written down is as it was. */
class AuditTest extends AdminStage {
    /** {@code hunter2}: bcrypt of the least cost. */
    private static final String HASH = "$2b$05$YNpw3UPcTwmKtfgmd51cHu13gkyHr0I5vSm/4BFY4xYmoEzdtNKU2";

    private final Path data;

    AuditTest(@TempDir Path folder) {
        super(Map.of(
                "data",
                folder.resolve("data").toString(),
                "users.alice.password",
                HASH,
                "rules",
                List.of("allow alice * >")));
        data = folder.resolve("data");
    }

    private List<String> entries() {
        return lines("audit", "-o", "json").stream()
                .map(JsonText::read)
                .filter(row -> !row.string("target").orElse("").equals("/api/v1/audit"))
                .map(row -> row.string("who").orElse("") + " "
                        + row.string("action").orElse("") + " "
                        + row.string("target").orElse("") + " "
                        + row.string("outcome").orElse(""))
                .toList();
    }

    @Test
    void everyChangeAndEveryReadingOfWhatIsSecretIsWrittenDownOnce() {
        try (EftlConnection alice = Eftl.connect(
                        hub.eftlUrl(), EftlOptions.defaults().login("alice", "hunter2"))
                .join()) {
            alice.subscribe(SubscribeOptions.everything().durable("all"), message -> {})
                    .join();
            alice.publish(EftlMessage.ofText("x")).join();
        }
        assertThat(get("/api/v1/clients").status()).isEqualTo(200);
        assertThat(get("/api/v1/durables").status()).isEqualTo(200);
        assertThat(post("/api/v1/kv/m/k", "{\"value\":{\"x\":1}}").status()).isEqualTo(200);
        assertThat(ask("DELETE", "/api/v1/kv/m/k").status()).isEqualTo(200);
        assertThat(ask("DELETE", "/api/v1/durables/nobody").status()).isEqualTo(404);
        assertThat(post("/api/v1/reload", "").status()).isEqualTo(409);
        assertThat(get("/api/v1/backup").status()).isEqualTo(200);
        assertThat(get("/api/v1/files/hub/nothing").status()).isEqualTo(404);
        assertThat(entries())
                .containsExactly(
                        "admin/token admin.POST /api/v1/kv/m/k done",
                        "admin/token admin.DELETE /api/v1/kv/m/k done",
                        "admin/token admin.DELETE /api/v1/durables/nobody failed",
                        "admin/token admin.POST /api/v1/reload failed",
                        "admin/token admin.GET /api/v1/backup done",
                        "admin/token admin.GET /api/v1/files/hub/nothing failed");
    }

    @Test
    void whoIsNotLetInIsWrittenDownOnceAMinute() {
        for (int i = 0; i < 3; i++) {
            String wrong = "wrong" + i;
            assertThatThrownBy(() -> Eftl.connect(
                                    hub.eftlUrl(), EftlOptions.defaults().login("alice", wrong))
                            .join())
                    .hasMessageContaining("wrong password");
        }
        for (int i = 0; i < 20; i++) {
            HttpCall call = HttpCall.get(URI.create(url + "/api/v1/clients"));
            int status = send(call.with("Authorization", "Bearer " + TOKEN + i)).status();
            assertThat(status).as("guess %d", i).isEqualTo(i < 15 ? 401 : 429);
        }
        assertThat(entries()).containsExactly("alice login  refused", " admin.GET /api/v1/clients refused");
        assertThat(out.toString()).doesNotContain("wrong1").doesNotContain(TOKEN);
    }

    @Test
    void theLogIsVerifiedWhileTheHubRunsAndAfterwards() {
        for (int i = 0; i < 5; i++) {
            assertThat(post("/api/v1/kv/m/k", "{\"value\":{\"x\":1}}").status()).isEqualTo(200);
        }
        Fields verdict = json("audit", "verify");
        assertThat(verdict.find("sound")).hasToString("TRUE");
        String head = verdict.string("head").orElseThrow();
        assertThat(head).startsWith("5:");
        assertThat(run("audit", "verify", "--noted", head)).isZero();
        assertThat(run("audit", "verify", "--noted", "5:" + "0".repeat(64))).isEqualTo(1);
        assertThat(run("audit", "verify", "--noted", "6:" + "0".repeat(64))).isEqualTo(1);
        assertThat(run("audit", "verify", "--noted", "five")).isEqualTo(2);
        assertThat(run("audit", "verify", "--data", data.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("data");
        hub.close();
        assertThat(run("audit", "verify", "--data", data.toString(), "--noted", head))
                .as(err.toString())
                .isZero();
        assertThat(run("audit", "verify", "--data", data.resolve("none").toString()))
                .isEqualTo(1);
    }
}

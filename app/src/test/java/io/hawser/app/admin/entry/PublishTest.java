package io.hawser.app.admin.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.eftl.Eftl;
import io.hawser.eftl.EftlConnection;
import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlOptions;
import io.hawser.eftl.SubscribeOptions;
import io.hawser.net.http.HttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Saying something over the admin listener: who may, what is heard, and what is written down. */
@Timeout(30)
class PublishTest extends EntryStage {
    PublishTest(@TempDir Path folder) throws IOException {
        super(folder, false);
    }

    @Test
    void whatAnOperatorSaysIsHeardAndWrittenDown() throws InterruptedException {
        BlockingQueue<EftlMessage> heard = new LinkedBlockingQueue<>();
        try (EftlConnection vera = Eftl.connect(
                        hub.eftlUrl(), EftlOptions.defaults().login("vera", "hunter2"))
                .join()) {
            vera.subscribe(SubscribeOptions.everything().durable("all"), heard::add)
                    .join();
            HttpResponse fields =
                    browser("otto").post("/publish", "{\"topic\":\"robot/7\",\"fields\":{\"speed\":1.5}}");
            assertThat(fields.status()).as(fields.text()).isEqualTo(200);
            assertThat(fields.text()).isEqualTo("{\"topic\":\"robot/7\",\"receivers\":1,\"stored\":true}");
            EftlMessage first = heard.poll(20, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            assertThat(first.getDouble("speed")).hasValue(1.5);
            browser("otto").post("/publish", "{\"topic\":\"robot/7\",\"text\":\"STOP\"}");
            EftlMessage second = heard.poll(20, TimeUnit.SECONDS);
            assertThat(second).isNotNull();
            assertThat(second.getString("text")).hasValue("STOP");
        }
        assertThat(browser("anna").ask("GET", "/audit?limit=1000").text().split("/api/v1/publish", -1))
                .hasSize(3);
    }

    @Test
    void whatNoRuleAllowsIsRefusedWithTheReason() {
        HttpResponse closed =
                browser("otto").post("/publish", "{\"topic\":\"clever/copter-1/execute\",\"text\":\"land\"}");
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.text()).contains("otto may not publish on clever/copter-1/execute");
        HttpResponse viewer = browser("vera").post("/publish", "{\"topic\":\"a\",\"text\":\"b\"}");
        assertThat(viewer.status()).isEqualTo(403);
        assertThat(viewer.text()).contains("admin.operate");
    }

    @Test
    void whatMakesNoSenseIsAnsweredWithWhatDoes() {
        Browser otto = browser("otto");
        assertThat(otto.post("/publish", "{\"text\":\"b\"}").text()).contains("'topic' must say where");
        assertThat(otto.post("/publish", "{\"topic\":\"a/*\",\"text\":\"b\"}").text())
                .contains("must not hold '*'");
        for (String neither : new String[] {"", ",\"fields\":1", ",\"text\":\"b\",\"fields\":{}"}) {
            HttpResponse answer = otto.post("/publish", "{\"topic\":\"a\"" + neither + "}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("say either 'fields', an object, or 'text'");
        }
        String frame = "{\"topic\":\"a\",\"text\":\"\"}";
        String most = "x".repeat((1 << 20) - frame.length());
        assertThat(otto.post("/publish", frame.replace("\"\"}", '"' + most + "\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(otto.post("/publish", frame.replace("\"\"}", '"' + most + "x\"}"))
                        .text())
                .contains("may have 1048576 bytes, this one has 1048577");
    }
}

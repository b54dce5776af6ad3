package io.hawser.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code hawser check} says to Nagios, Prometheus and scripts, and how it ends. */
class CheckTest extends AdminStage {
    private static final Map<String, String> KNOWN = Map.of("HAWSER_TOKEN", TOKEN);

    CheckTest() {
        super(Map.of());
    }

    private String said(int code, String... line) {
        out.getBuffer().setLength(0);
        assertThat(run(KNOWN, line)).as(out + "\n" + err).isEqualTo(code);
        return out.toString();
    }

    @Test
    void aLoginIsTimed() {
        assertThat(said(0, "check", "connection", "-s", hub.eftlUrl()))
                .matches("OK connection: login_ms is [0-9.]+ \\| login_ms=[0-9.]+\n");
        assertThat(said(1, "check", "connection", "-s", hub.eftlUrl(), "--warn", "0", "--crit", "1e9"))
                .startsWith("WARNING connection: ");
        assertThat(said(2, "check", "connection", "-s", hub.eftlUrl(), "--crit", "0"))
                .startsWith("CRITICAL connection: ");
        assertThat(said(2, "check", "connection", "-s", "ws://127.0.0.1:1/channel"))
                .startsWith("CRITICAL connection: no connection to ws://127.0.0.1:1/channel");
        assertThat(said(3, "check", "connection", "-s", "x y"))
                .startsWith("UNKNOWN connection: 'x y' is no eFTL address");
    }

    @Test
    void whatIsKeptIsCountedAndMissed() {
        assertThat(said(2, "check", "durable", "none")).startsWith("CRITICAL durable: ");
        assertThat(said(2, "check", "kv", "m", "k", "-o", "json"))
                .startsWith("{\"check\":\"kv\",\"status\":\"critical\",\"text\":");
        lines("kv", "put", "m", "k", "x=1");
        assertThat(said(0, "check", "kv", "m", "k", "-o", "json"))
                .isEqualTo("{\"check\":\"kv\",\"status\":\"ok\",\"text\":\"m/k is there\"}\n");
        assertThat(run(Map.of("HAWSER_URL", hub.eftlUrl()), "sub", "a", "--durable", "d", "--wait", "10ms"))
                .isEqualTo(5);
        assertThat(run(Map.of("HAWSER_URL", hub.eftlUrl()), "pub", "a", "x=1")).isZero();
        assertThat(said(1, "check", "durable", "d", "--warn", "1", "-o", "prometheus"))
                .isEqualTo("hawser_check_status{check=\"durable\"} 1\nhawser_check_messages{check=\"durable\"} 1\n");
    }

    @Test
    void aHubThatIsReadyIsWell() {
        assertThat(said(0, "check", "disk")).isEqualTo("OK disk: the hub is ready\n");
        assertThat(said(3, "check", "kv", "m", "k", "--token", "wrong")).startsWith("UNKNOWN kv: ");
        assertThat(said(2, "check", "disk", "--admin", "http://127.0.0.1:1")).startsWith("CRITICAL disk: ");
    }
}

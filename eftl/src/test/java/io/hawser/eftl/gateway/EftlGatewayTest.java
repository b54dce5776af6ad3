package io.hawser.eftl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.net.Loops;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a transcript is too long or too narrow for. */
class EftlGatewayTest {
    private static final Loops LOOPS = Loops.start(1, "gateway");
    private static final int MANY = 100_000;

    private final TestHub hub = new TestHub(LOOPS);
    private final List<String> said = new ArrayList<>();

    @AfterAll
    static void stop() {
        LOOPS.close();
    }

    @Test
    void refusesARequestWithoutAPath() {
        assertThat(hub.connect("", said::add)).isEmpty();
        assertThat(said).containsExactly(" refused 404 no channel ; there is /channel, /side, /brief, /past, /crew");
    }

    @Test
    void compressesWhereTheChannelSaysSo() {
        assertThat(hub.compresses("/past")).isTrue();
        assertThat(hub.compresses("/channel")).isFalse();
    }

    @Test
    void tellsClientsToStayAwayIfItShall() {
        TestHub leaving = new TestHub(LOOPS, false);
        TestSocket client = leaving.connect("/channel", said::add).orElseThrow();
        client.client("{\"op\":1,\"protocol\":1,\"client_id\":\"a\"}");
        leaving.clock.run();
        leaving.close();
        leaving.clock.run();
        assertThat(said).last().isEqualTo(" closed 1001 the server shuts down");
    }

    @Test
    void readsNothingMoreFromAClientThatNeverReadsItsAnswers() {
        TestSocket client = hub.connect("/channel", said::add).orElseThrow();
        client.client("{\"op\":1,\"protocol\":1,\"client_id\":\"a\"}");
        hub.clock.run();
        client.writable(false);
        said.clear();
        for (int seq = 1; seq <= MANY && !said.contains(" not reading"); seq++) {
            client.client("{\"op\":13,\"seq\":" + seq + ",\"body\":{}}");
        }
        assertThat(said.stream().mapToInt(String::length).sum()).isBetween(1 << 20, (1 << 20) + (1 << 18));
        assertThat(said).last().isEqualTo(" not reading");
        client.writable(true);
        assertThat(said).last().isEqualTo(" reading");
    }
}

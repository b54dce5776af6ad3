package io.hawser.eftl.gateway.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.core.access.Principal;
import io.hawser.eftl.wire.ClientFrame;
import io.hawser.eftl.wire.ClientFrame.AckMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EftlClientTest {
    private static EftlClient client(String type, int maxPendingAcks, String qos) {
        ClientFrame.Login login =
                new ClientFrame.Login(1, type, "6.10.0", "", "", "", "", maxPendingAcks, Map.of("_qos", qos));
        return EftlClient.of("channel", login, "chosen", Principal.ANONYMOUS, false);
    }

    @Test
    void byHandTheSmallerLimitHolds() {
        assertThat(client("js", 5, "true").window(AckMode.CLIENT, 100)).isEqualTo(5);
        assertThat(client("js", 500, "true").window(AckMode.CLIENT, 100)).isEqualTo(100);
        assertThat(client("js", 0, "true").window(AckMode.CLIENT, 100)).isEqualTo(100);
    }

    @Test
    void aClientThatMayNeverAcknowledgeIsNotHeldBack() {
        assertThat(client("js", 5, "true").window(AckMode.AUTO, 100)).isEqualTo(EftlClient.AUTO_WINDOW);
        assertThat(client("python", 5, "true").window(AckMode.AUTO, 100)).isEqualTo(EftlClient.UNTOLD_WINDOW);
    }

    @Test
    void whoDoesNotAskForAcknowledgementsGivesNone() {
        assertThat(client("js", 5, "false").ackMode(AckMode.CLIENT)).isEqualTo(AckMode.NONE);
        assertThat(client("js", 5, "true").ackMode(AckMode.CLIENT)).isEqualTo(AckMode.CLIENT);
    }
}

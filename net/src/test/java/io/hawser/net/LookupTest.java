package io.hawser.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LookupTest {
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Recorder client = new Recorder();

    @Test
    void aSlowNameServiceStopsNoLoop() {
        Recorder server = new Recorder();
        try (Net net = new Net();
                Loops loops = Loops.start(1, "slow", this::slowly)) {
            Listener listener = net.serve(Net.LIMITS, server);
            connect(loops, "ws://slow.example:" + listener.address().getPort() + "/");
            CountDownLatch alive = new CountDownLatch(1);
            loops.next().execute(alive::countDown);
            Awaitility.await("the loop").until(() -> alive.getCount() == 0);
            assertThat(client.told).isEmpty();

            answered.countDown();

            client.awaits("opened");
        }
    }

    @Test
    void saysThatANameIsUnknown() {
        answered.countDown();
        try (Loops loops = Loops.start(1, "slow", this::slowly)) {
            connect(loops, "ws://nobody.example:9/");
            assertThat(client.end())
                    .isEqualTo("closed 1006 cannot connect to nobody.example:9: no address is known for this name");
        }
    }

    private void connect(Loops loops, String uri) {
        WebSocketClient.connect(loops.next(), URI.create(uri), WebSocketClient.Options.defaults(), client);
    }

    private InetAddress slowly(String host) throws UnknownHostException {
        try {
            answered.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!host.startsWith("slow")) {
            throw new UnknownHostException(host);
        }
        return Net.ANY_PORT.getAddress();
    }
}

package io.hawser.clever;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class CleverHostTest {
    @Test
    void anAddressThatOthersCanReach() throws IOException {
        String address = CleverHost.address();
        boolean reachable = CleverHost.anyInterface().isPresent();
        assertThat(address.equals("localhost")).isEqualTo(!reachable);
        // Only an address of this machine can be bound.
        try (DatagramSocket bound = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0))) {
            assertThat(bound.getLocalAddress().isLoopbackAddress()).isEqualTo(!reachable);
        }
    }
}

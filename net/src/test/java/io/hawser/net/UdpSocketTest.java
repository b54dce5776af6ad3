package io.hawser.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UdpSocketTest {
    private final Net net = new Net();

    @AfterEach
    void close() {
        net.close();
    }

    @Test
    void twoSocketsOnOnePortBothHearABroadcast() {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        try (Datagrams one = bind(0, first);
                Datagrams two = bind(one.address().getPort(), second)) {
            one.send(Net.loopbackBroadcast(one.address().getPort()), "hello".getBytes(UTF_8));

            Awaitility.await().until(() -> first.contains("hello") && second.contains("hello"));
            assertThat(two.address().getPort()).isEqualTo(one.address().getPort());
        }
    }

    @Test
    void hearsEmptyAndLargeDatagrams() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (Datagrams receiver = bind(0, heard);
                DatagramSocket sender = new DatagramSocket()) {
            InetSocketAddress to = Net.loopback(receiver.address().getPort());
            sender.send(new DatagramPacket(new byte[0], 0, to));
            sender.send(new DatagramPacket("x".repeat(8192).getBytes(UTF_8), 8192, to));

            Awaitility.await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("", "x".repeat(8192));
        }
    }

    @Test
    void freesItsPortWhenItCloses() throws IOException {
        Datagrams socket = bind(0, new CopyOnWriteArrayList<>());
        socket.close();
        try (DatagramSocket other = new DatagramSocket(socket.address().getPort())) {
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void survivesAHandlerThatFails() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Datagrams.Handler failing = (from, payload) -> {
            heard.add(new String(payload, UTF_8) + " from " + from.getPort());
            throw new IllegalStateException("thrown by a test");
        };
        try (Datagrams socket = UdpSocket.bind(net.loops.next(), Net.loopback(0), failing)) {
            int port = socket.address().getPort();
            socket.send(socket.address(), "a".getBytes(UTF_8));
            socket.send(socket.address(), "b".getBytes(UTF_8));

            Awaitility.await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("a from " + port, "b from " + port);
        }
    }

    @Test
    void hearsAMulticastGroupItHasJoined() throws IOException {
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        InetAddress group = InetAddress.getByName("239.255.20.10");
        try (Datagrams one = bind(0, first);
                Datagrams two = bind(one.address().getPort(), second)) {
            Optional<InetAddress> loopback = Optional.of(InetAddress.getLoopbackAddress());
            one.join(group, loopback);
            two.join(group, loopback);
            int port = one.address().getPort();
            one.send(new InetSocketAddress(group, port), "to all".getBytes(UTF_8));

            Awaitility.await().until(() -> first.contains("to all") && second.contains("to all"));
        }
    }

    @Test
    void saysWhyAGroupCannotBeJoined() throws IOException {
        InetAddress group = InetAddress.getByName("239.255.20.10");
        InetAddress foreign = InetAddress.getByName("192.0.2.77");
        try (Datagrams socket = bind(0, new CopyOnWriteArrayList<>())) {
            assertThatExceptionOfType(CannotListenException.class)
                    .isThrownBy(() -> socket.join(group, Optional.of(foreign)))
                    .withMessageContaining("no interface has the address 192.0.2.77");
        }
    }

    private Datagrams bind(int port, List<String> heard) {
        return UdpSocket.bind(
                net.loops.next(), Net.everyInterface(port), (from, payload) -> heard.add(new String(payload, UTF_8)));
    }
}

package io.hawser.clever.gateway;

import io.hawser.clever.CleverHost;
import io.hawser.clever.wire.CleverCodec;
import io.hawser.clever.wire.CleverFrame;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.clever.wire.ProtocolException;
import io.hawser.core.value.Fields;
import io.hawser.net.Datagrams;
import io.hawser.net.Loop;
import io.hawser.net.UdpSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells copters that look for a server where this one is, as the original server does ({@code specs/clever.md} 1.14): one frame
 * in a datagram, all of whose values are texts.
 */
final class Announcer implements AutoCloseable {
    private final Loop loop;
    private final FleetSettings.Announcement wishes;
    private final int port;
    private final String id;
    private final double startTime;
    private @Nullable Datagrams socket;
    private Loop.@Nullable Timer timer;

    /**
     * Nothing is said before the start.
     *
     * @param port where copters shall connect
     * @param id four digits, other ones each time
     * @param startTime when the server started, in seconds since 1970-01-01T00:00Z: of two, originals that serve end the younger
     */
    Announcer(Loop loop, FleetSettings.Announcement wishes, int port, String id, double startTime) {
        this.loop = loop;
        this.wishes = wishes;
        this.port = port;
        this.id = id;
        this.startTime = startTime;
    }

    /**
     * From now on. Not for a loop.
     *
     * @throws io.hawser.net.CannotListenException if no port is free to send from
     */
    void start() {
        Datagrams bound = UdpSocket.bind(loop, new InetSocketAddress("0.0.0.0", 0), (from, payload) -> {});
        socket = bound;
        loop.execute(() -> say(bound));
    }

    /** The datagram as it is now: this machine's address may change. */
    byte[] datagram() {
        String host = wishes.host().map(InetAddress::getHostAddress).orElseGet(CleverHost::address);
        Fields kwargs = Fields.builder()
                .put("host", host)
                .put("port", Integer.toString(port))
                .put("id", id)
                .put("start_time", String.format(Locale.ROOT, "%.6f", startTime))
                .build();
        try {
            return new CleverCodec(CleverLimits.DEFAULT)
                    .write(new CleverFrame.Action("server_ip", List.of(), kwargs, Optional.empty()));
        } catch (ProtocolException e) {
            throw new IllegalStateException("four short texts are a frame", e);
        }
    }

    private void say(Datagrams bound) {
        bound.send(wishes.to(), datagram());
        timer = loop.schedule(wishes.every(), () -> say(bound));
    }

    @Override
    public void close() {
        loop.execute(() -> {
            if (timer != null) {
                timer.cancel();
            }
        });
        if (socket != null) {
            socket.close();
        }
    }
}

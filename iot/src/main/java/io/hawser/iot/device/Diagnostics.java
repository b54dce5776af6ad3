package io.hawser.iot.device;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.io.File;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a device tells of its computer when the server asks ({@code specs/iot.md} 3.5): disk space in bytes, addresses, since when it
 * runs, its version. Called on a thread for requests.
 *
 * @param given what is told instead of what was found out
 * @param started when the device began
 */
record Diagnostics(Fields given, Instant started) implements Supplier<Fields> {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);
    private static final HexFormat MAC = HexFormat.ofDelimiter("-").withUpperCase();

    @Override
    public Fields get() {
        File disk = new File(".");
        Fields.Builder info = Fields.builder()
                .put("freeDiskSpace", Value.of(disk.getUsableSpace()))
                .put("totalDiskSpace", Value.of(disk.getTotalSpace()))
                .put("startTime", Value.of(started.toEpochMilli()))
                .put("version", Value.of("Unknown"));
        try {
            address(info);
        } catch (SocketException unknown) {
            LOG.debug("the addresses of this computer are not known", unknown);
        }
        for (int i = 0; i < given.size(); i++) {
            info.put(given.name(i), given.value(i));
        }
        return info.build();
    }

    /** The first address of IPv4 that others can reach, else one of the link. */
    private static void address(Fields.Builder info) throws SocketException {
        Optional<Inet4Address> best = Optional.empty();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(each.getInetAddresses())) {
                boolean fit = each.isUp() && !address.isLoopbackAddress();
                boolean better = best.map(InetAddress::isLinkLocalAddress).orElse(true);
                if (fit && better && address instanceof Inet4Address four) {
                    best = Optional.of(four);
                }
            }
        }
        if (best.isPresent()) {
            info.put("ipAddress", Value.of(best.get().getHostAddress()));
            byte[] mac = NetworkInterface.getByInetAddress(best.get()).getHardwareAddress();
            if (mac != null) {
                info.put("macAddress", Value.of(MAC.formatHex(mac)));
            }
        }
    }
}

package io.hawser.app.config;

import io.hawser.clever.gateway.FleetSettings;
import io.hawser.clever.gateway.Preflight;
import io.hawser.clever.gateway.TelemetryForm;
import io.hawser.net.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code clever}: where copters connect, and what they are told. */
final class FleetSection {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Settings clever;

    FleetSection(Settings clever) {
        this.clever = clever;
    }

    /** The ground station; empty if there shall be none. */
    Optional<FleetSettings> read() {
        if (!clever.yes("enabled")) {
            return Optional.empty();
        }
        String host = clever.text("host");
        clever.address("host", host.matches("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]"));
        List<String> from = clever.texts("from", range -> {
            try {
                AddressRange.parse(range);
                return "";
            } catch (IllegalArgumentException wrong) {
                return String.valueOf(wrong.getMessage());
            }
        });
        return Optional.of(new FleetSettings(
                host,
                clever.count("port", 0, 65_535),
                from.stream().map(AddressRange::parse).toList(),
                announcement(clever.section("announce"), host),
                clever.duration("command-expiry", Duration.ofMillis(100), LONGEST),
                clever.duration("answer-timeout", Duration.ofMillis(100), LONGEST),
                clever.choice("telemetry", TelemetryForm.class),
                clever.duration("clock-tolerance", Duration.ofMillis(1), LONGEST)
                                .toNanos()
                        / 1e9,
                checks(clever.section("checks")),
                clever.count("connections", 1, 100_000),
                files(clever.section("files"))));
    }

    private static FleetSettings.FileLimits files(Settings files) {
        return new FleetSettings.FileLimits(
                files.bytes("max-file", 1, 16L << 30),
                files.bytes("max-bytes", 1, 1L << 40),
                files.count("max-files", 1, 100_000));
    }

    private static Preflight.Limits checks(Settings checks) {
        return new Preflight.Limits(
                checks.count("battery-percent", 0, 100),
                checks.count("start-distance-cm", 1, 100_000) / 100.0,
                checks.duration("clock", Duration.ofMillis(1), LONGEST));
    }

    private static Optional<FleetSettings.Announcement> announcement(Settings announce, String listening) {
        if (!announce.yes("enabled")) {
            return Optional.empty();
        }
        String to = announce.text("to");
        int colon = to.lastIndexOf(':');
        Optional<InetAddress> target = colon < 0 ? Optional.empty() : numeric(to.substring(0, colon));
        boolean port = to.substring(colon + 1).matches("[1-9][0-9]{0,4}")
                && Integer.parseInt(to.substring(colon + 1)) <= 65_535;
        if (target.isEmpty() || !port) {
            announce.problem("to", "must be an IPv4 address and a UDP port, as 255.255.255.255:8181");
            return Optional.empty();
        }
        String own = announce.text("host");
        String said = own.isEmpty() ? listening : own;
        Optional<InetAddress> host = numeric(said).filter(address -> !address.isAnyLocalAddress());
        if (!own.isEmpty() && host.isEmpty()) {
            announce.problem("host", "must be an IPv4 address: copters do not take a name");
        }
        return Optional.of(new FleetSettings.Announcement(
                new InetSocketAddress(target.get(), Integer.parseInt(to.substring(colon + 1))),
                announce.duration("every", Duration.ofMillis(100), LONGEST),
                host));
    }

    private static Optional<InetAddress> numeric(String text) {
        if (!text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text)).filter(Inet4Address.class::isInstance);
        } catch (UnknownHostException none) {
            return Optional.empty();
        }
    }
}

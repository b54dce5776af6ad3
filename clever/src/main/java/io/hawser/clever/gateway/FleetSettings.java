package io.hawser.clever.gateway;

import io.hawser.clever.engine.CleverSettings;
import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.net.AddressRange;
import io.hawser.net.Backoff;
import io.hawser.net.length.Keepalive;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a ground station is like.
 *
 * @param host the address that copters connect to, {@code 0.0.0.0} for all
 * @param port the TCP port; 0: any that is free
 * @param from from where copters may connect; empty: from everywhere
 * @param announcement how copters are told where it is; empty: they must know
 * @param commandExpiry a command that could not be sent for so long is not sent any more: a late one is worse than none
 * @param answerTimeout how long a copter may take to answer a request; some calibrate for a minute
 * @param telemetry how what copters say of themselves looks on the bus
 * @param clockTolerance by how many seconds a copter's clock may be unknown for a common start
 * @param checks what a copter must be like to take off
 * @param connections how many may be connected at once; more are let in when others have gone
 * @param files what is kept of the files that copters send
 */
public record FleetSettings(
        String host,
        int port,
        List<AddressRange> from,
        Optional<Announcement> announcement,
        Duration commandExpiry,
        Duration answerTimeout,
        TelemetryForm telemetry,
        double clockTolerance,
        Preflight.Limits checks,
        int connections,
        FileLimits files) {
    /** How much a copter may say before it has said who it is; telemetry has some 600 bytes. */
    private static final CleverLimits UNKNOWN =
            new CleverLimits(64 << 10, CleverLimits.DEFAULT.maxFileBytes(), 990, 4_300);

    /**
     * How much of a copter's files is kept.
     *
     * @param fileBytes the longest file
     * @param copterBytes all files of one copter
     * @param count how many files of one copter
     */
    public record FileLimits(long fileBytes, long copterBytes, int count) {
        /** 64 MiB a file, 256 MiB and 1,000 files a copter. */
        public static final FileLimits DEFAULT = new FileLimits(64L << 20, 256L << 20, 1_000);
    }

    /** Settings with a copy of {@code from}. */
    public FleetSettings {
        from = List.copyOf(from);
    }

    /** True if a copter may connect from {@code address}. */
    boolean welcomes(InetAddress address) {
        return from.isEmpty() || from.stream().anyMatch(range -> range.contains(address));
    }

    /** On loopback, announced to nobody. */
    public static final FleetSettings DEFAULT = new FleetSettings(
            "127.0.0.1",
            25_000,
            List.of(),
            Optional.empty(),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            TelemetryForm.AS_SENT,
            0.1,
            Preflight.Limits.DEFAULT,
            1_000,
            FileLimits.DEFAULT);

    /**
     * A datagram that tells copters where the ground station is ({@code specs/clever.md} 1.14).
     *
     * @param to where it is sent, a broadcast address and the copters' port
     * @param every how often
     * @param host what copters shall connect to, an IPv4 address; empty: the one that the way out of this machine has
     */
    public record Announcement(InetSocketAddress to, Duration every, Optional<InetAddress> host) {}

    /**
     * How it talks to a copter. Nothing waits for a connection that is lost. Whoever says nothing is asked for its id after two
     * seconds, as is everybody behind a command; not for its time, which some must ask a server for. A copter that cannot answer is
     * cut off within five, and with it what has not come to it yet, so that no command arrives when the radio is back
     * ({@code specs/clever.md} 4, 9).
     *
     * @param place where its files go
     */
    CleverSettings conversation(FilePlace place) {
        return new CleverSettings(
                false,
                false,
                true,
                1_000,
                64L << 20,
                new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(3), 5),
                Duration.ofSeconds(5),
                Optional.of(new CleverSettings.Ping("id", Duration.ofSeconds(2), Duration.ofSeconds(3))),
                Duration.ofSeconds(2),
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5),
                UNKNOWN,
                Optional.of(place));
    }
}

package io.hawser.clever.engine;

import io.hawser.clever.engine.file.FilePlace;
import io.hawser.clever.wire.CleverLimits;
import io.hawser.net.Backoff;
import io.hawser.net.length.Keepalive;
import java.time.Duration;
import java.util.Optional;

/**
 * How a party behaves.
 *
 * @param resumeQueue what was not sent when the connection is lost waits for the next one; else it fails
 * @param resendRequests what was not answered is asked again on the next connection; else it fails
 * @param extras the party says that it is one of ours
 * @param maxQueued how many parcels may wait to be sent
 * @param maxQueuedBytes how many bytes of them
 * @param keepalive when the operating system gives up a silent connection
 * @param stallTimeout how long nothing of what was sent may leave for the network until the connection is dropped
 * @param ping asked while the connection is open
 * @param connectTimeout how long TCP may take to connect
 * @param backoff the waits between two attempts to connect
 * @param limits of what comes in
 * @param files where the peer may read and write files; nowhere if empty
 */
public record CleverSettings(
        boolean resumeQueue,
        boolean resendRequests,
        boolean extras,
        int maxQueued,
        long maxQueuedBytes,
        Keepalive keepalive,
        Duration stallTimeout,
        Optional<Ping> ping,
        Duration connectTimeout,
        Backoff backoff,
        CleverLimits limits,
        Optional<FilePlace> files) {
    /**
     * A question that shows whether the peer is still there, asked when it has said nothing for a while.
     *
     * @param request what is asked; an original must know it, copters know {@code time} ({@code specs/clever.md} 2.4)
     * @param interval how long the peer may say nothing before it is asked
     * @param patience how long the answer may take; then the connection is dropped
     */
    public record Ping(String request, Duration interval, Duration patience) {}
}

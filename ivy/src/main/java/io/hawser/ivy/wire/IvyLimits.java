package io.hawser.ivy.wire;

import java.time.Duration;

/**
 * How much an Ivy bus may ask of us.
 *
 * @param maxLineBytes one frame, in and out, without its LF
 * @param maxHelloBytes one datagram
 * @param maxNameBytes an agent's name or id in UTF-8; ivy-c breaks at 2048 ({@code specs/ivy.md} D-2)
 * @param maxCaptures captures of one text
 * @param maxRegexpChars one subscription's regexp
 * @param maxSubscriptionsPerAgent subscriptions that one remote agent may hold with us
 * @param maxPeers connections at a time, those in mid-handshake included
 * @param maxUnsentBytes what may wait for one agent that reads too slowly; beyond it texts for it are dropped
 * @param maxSendWait how long one who sends waits for an agent that reads too slowly, where he is to wait at all
 * @param connectTimeout how long one attempt to connect may take
 * @param connectAttempts how often an agent that was heard is tried
 * @param connectPause the pause before the second attempt; it doubles from one to the next
 * @param seedPause the pause between two hellos to a seed from where nobody is connected
 * @param beaconPause the pause between two beacons; so long an agent of ours may miss one whose hello was lost
 * @param handshakeTimeout after it an agent that has begun its handshake counts as ready, and a silent one is closed
 * @param complaintPause at most one Error frame a connection in this time
 */
public record IvyLimits(
        int maxLineBytes,
        int maxHelloBytes,
        int maxNameBytes,
        int maxCaptures,
        int maxRegexpChars,
        int maxSubscriptionsPerAgent,
        int maxPeers,
        int maxUnsentBytes,
        Duration maxSendWait,
        Duration connectTimeout,
        int connectAttempts,
        Duration connectPause,
        Duration seedPause,
        Duration beaconPause,
        Duration handshakeTimeout,
        Duration complaintPause) {
    /** What holds when nothing is configured. */
    public static final IvyLimits DEFAULT = new IvyLimits(
            1 << 20,
            8 << 10,
            2047,
            1024,
            8 << 10,
            20_000,
            4_096,
            8 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            4,
            Duration.ofMillis(250),
            Duration.ofSeconds(5),
            Duration.ofSeconds(4),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    /** These limits with others for agents that read too slowly. */
    public IvyLimits withUnsent(int bytes, Duration wait) {
        return new IvyLimits(
                maxLineBytes,
                maxHelloBytes,
                maxNameBytes,
                maxCaptures,
                maxRegexpChars,
                maxSubscriptionsPerAgent,
                maxPeers,
                bytes,
                wait,
                connectTimeout,
                connectAttempts,
                connectPause,
                seedPause,
                beaconPause,
                handshakeTimeout,
                complaintPause);
    }

    /** These limits with other pauses between what is said again and again. */
    public IvyLimits withPauses(Duration connect, Duration seed, Duration beacon) {
        return new IvyLimits(
                maxLineBytes,
                maxHelloBytes,
                maxNameBytes,
                maxCaptures,
                maxRegexpChars,
                maxSubscriptionsPerAgent,
                maxPeers,
                maxUnsentBytes,
                maxSendWait,
                connectTimeout,
                connectAttempts,
                connect,
                seed,
                beacon,
                handshakeTimeout,
                complaintPause);
    }
}

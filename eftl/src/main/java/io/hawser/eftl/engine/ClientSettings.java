package io.hawser.eftl.engine;

import java.time.Duration;
import java.util.Optional;

/**
 * How a client behaves.
 *
 * @param credentials shown at every login
 * @param clientId asked for at the first login, empty to let the server choose
 * @param maxPendingAcks how many events may be open on a subscription that acknowledges by hand, 0 for the server's choice
 * @param loginTimeout how long the welcome may take, from the open WebSocket on
 * @param drainTimeout how long a goodbye waits for answers and listeners
 * @param reconnectAttempts how often in a row all servers are tried again after a loss, 0 for never
 * @param reconnectMaxDelay the longest wait between two rounds
 * @param maxUnhandledEvents from this many events on that wait for listeners nothing more is read; below half of it,
 *     reading goes on
 * @param maxUnhandledBytes the same for the bytes of their bodies
 * @param hub the id of the hub that this is a link of; empty for programs
 */
public record ClientSettings(
        Credentials credentials,
        String clientId,
        int maxPendingAcks,
        Duration loginTimeout,
        Duration drainTimeout,
        int reconnectAttempts,
        Duration reconnectMaxDelay,
        int maxUnhandledEvents,
        long maxUnhandledBytes,
        Optional<String> hub) {}

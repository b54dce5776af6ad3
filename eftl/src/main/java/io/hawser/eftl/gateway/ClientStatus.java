package io.hawser.eftl.gateway;

import io.hawser.core.session.Session;
import io.hawser.eftl.gateway.channel.EftlClient;
import java.time.Instant;
import java.util.Optional;

/**
 * How a client stands.
 *
 * @param client who it is
 * @param address where it is connected from; empty: it is away
 * @param since when its session began
 * @param waiting how many live messages wait for it
 * @param queue how many may wait, before the oldest is dropped
 * @param dropped how many were dropped because it is slow
 * @param in how many frames came from it
 * @param out how many live messages were handed to its connection
 */
public record ClientStatus(
        EftlClient client,
        Optional<String> address,
        Instant since,
        int waiting,
        int queue,
        long dropped,
        long in,
        long out) {
    /** How {@code client} stands, whose messages wait in {@code session}. */
    static ClientStatus of(EftlClient client, Optional<String> address, Instant since, Session<?> session, long in) {
        return new ClientStatus(
                client, address, since, session.waiting(), session.queue(), session.dropped(), in, session.taken());
    }
}

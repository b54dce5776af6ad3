package io.hawser.eftl.gateway;

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
 * @param dropped how many were dropped because it is slow
 * @param in how many frames came from it
 * @param out how many live messages were handed to its connection
 */
public record ClientStatus(
        EftlClient client, Optional<String> address, Instant since, int waiting, long dropped, long in, long out) {}

package io.hawser.ivy.gateway;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * One agent of a domain at one moment.
 *
 * @param domain the domain's name
 * @param name the agent's; several may share one
 * @param address where it is and listens
 * @param since when it joined
 * @param subscriptions how many regexps it has with the hub
 * @param waiting messages that wait for it in its outbox
 * @param queue how many may wait, before the oldest is dropped
 * @param dropped messages that it did not get because it reads slowly
 * @param unsayable messages that it did not get because Ivy cannot say them
 * @param unsentBytes bytes that wait in its connection
 */
public record AgentStatus(
        String domain,
        String name,
        InetSocketAddress address,
        Instant since,
        int subscriptions,
        int waiting,
        int queue,
        long dropped,
        long unsayable,
        long unsentBytes) {}

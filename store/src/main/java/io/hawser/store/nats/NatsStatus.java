package io.hawser.store.nats;

import java.util.Optional;

/**
 * How a store on NATS does.
 *
 * @param version what the server that it is connected to, or was last, says of itself: {@code 2.9.10}
 * @param servers how many servers that one knows of, itself included
 * @param replicas on how many servers each stream is; of several numbers the smallest
 * @param outage why nothing new is taken; empty if it is
 */
public record NatsStatus(String version, int servers, int replicas, Optional<String> outage) {}

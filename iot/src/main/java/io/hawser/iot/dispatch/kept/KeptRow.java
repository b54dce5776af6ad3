package io.hawser.iot.dispatch.kept;

import java.util.concurrent.CompletableFuture;

/**
 * A place of a message on disk.
 *
 * @param key by which it is found
 * @param since when it was put there, in milliseconds since 1970
 * @param kept completes when the message is safe there; fails with a {@link KeptException} if it could not be put there
 */
public record KeptRow(long key, long since, CompletableFuture<Void> kept) {}

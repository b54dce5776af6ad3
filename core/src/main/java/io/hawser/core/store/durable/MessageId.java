package io.hawser.core.store.durable;

/**
 * What makes a publication the same one when it is sent again.
 *
 * @param lineage who counts: one life of a publisher's session, unique for ever
 * @param seq its number there
 */
public record MessageId(String lineage, long seq) {}

package io.hawser.core.link;

/**
 * What is let over the linkage.
 *
 * @param hops over how many links a message may come
 * @param storm what counts as a storm where no number tells that a message has been here
 */
public record LinkLimits(int hops, Breaker.Limits storm) {
    /** Eight links, and what a {@link Breaker} takes for a storm. */
    public static final LinkLimits DEFAULT = new LinkLimits(8, Breaker.Limits.DEFAULT);
}

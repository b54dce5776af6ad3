package io.hawser.clever;

/** Does what a peer wants. Called on the peer's callback executor, one call at a time. */
@FunctionalInterface
public interface CleverActionHandler {
    /**
     * Does it.
     *
     * @throws Exception if it cannot; a peer of ours that waits for the end is told why, an original never
     */
    void handle(CleverCall call) throws Exception;
}

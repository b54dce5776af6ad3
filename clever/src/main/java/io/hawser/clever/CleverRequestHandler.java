package io.hawser.clever;

import io.hawser.core.value.Value;

/** Answers what a peer asks. Called on the peer's callback executor, one call at a time. */
@FunctionalInterface
public interface CleverRequestHandler {
    /**
     * The answer.
     *
     * @throws Exception if there is none; a peer of ours is told why, an original hears nothing ({@code specs/clever.md} 1.7)
     */
    Value handle(CleverCall call) throws Exception;
}

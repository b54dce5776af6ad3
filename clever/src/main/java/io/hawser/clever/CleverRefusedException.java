package io.hawser.clever;

/** The peer, which is one of ours, says why it was not done. Originals say nothing, which is a time-out. */
public final class CleverRefusedException extends CleverException {
    private static final long serialVersionUID = 1L;

    CleverRefusedException(String message) {
        super(message);
    }
}

package io.hawser.core.access;

/** Somebody is not let in; the text is for the user. */
public final class AccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a text for the user. */
    public AccessException(String message) {
        super(message, null, false, false);
    }
}

package io.hawser.core.bytes;

/** Bytes that are not what they should be; the text says what is wrong with them. */
public final class BytesException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a text for the user. */
    public BytesException(String message) {
        super(message);
    }
}

package io.hawser.iot.dispatch.kept;

import java.io.IOException;

/** Something could not be kept on disk, or read from there; the text says what to do. */
public final class KeptException extends IOException {
    private static final long serialVersionUID = 1;

    KeptException(String text) {
        super(text);
    }

    KeptException(String text, Throwable cause) {
        super(text, cause);
    }
}

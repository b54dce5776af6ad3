package io.hawser.core.message;

import java.util.Optional;

/** Makes the text of messages that come without one, so that regexps can match them. Pure: asked on any thread. */
@FunctionalInterface
public interface Wording {
    /** The text of {@code message}; empty if this makes none of it. */
    Optional<String> text(Message message);
}

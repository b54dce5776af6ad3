package io.hawser.clever.engine;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is said to a peer: an action or a request.
 *
 * @param urgent it goes before all that is not, and between the chunks of a file
 * @param expiry if it could not be sent within it, it is not sent; empty: it waits
 */
public record Question(String name, List<Value> args, Fields kwargs, boolean urgent, Optional<Duration> expiry) {
    /** With a copy of the arguments. */
    public Question {
        args = List.copyOf(args);
    }

    /** One that is not urgent and waits. */
    static Question of(String name, Fields kwargs) {
        return new Question(name, List.of(), kwargs, false, Optional.empty());
    }
}

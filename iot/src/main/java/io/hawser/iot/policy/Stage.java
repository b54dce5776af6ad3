package io.hawser.iot.policy;

import io.hawser.core.value.Value;
import java.util.Optional;

/** One function of a pipeline at work, with what it remembers. Owned by the engine. */
interface Stage {
    /** What is passed on for {@code value}; nothing: it is withheld. */
    Optional<Value> apply(Value value, Passage passage);
}

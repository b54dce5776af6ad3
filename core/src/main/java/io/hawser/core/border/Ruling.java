package io.hawser.core.border;

import io.hawser.core.message.Message;

/** What a checkpoint says of one message. */
public sealed interface Ruling {
    /**
     * It passes.
     *
     * @param message the same, under the name that it has on the other side
     */
    record Passed(Message message) implements Ruling {}

    /**
     * It may not pass.
     *
     * @param reason for the user
     */
    record KeptOut(String reason) implements Ruling {}

    /** It does not pass, because there were so many on its topic; others will. */
    record Thinned() implements Ruling {}
}

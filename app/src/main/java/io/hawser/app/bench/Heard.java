package io.hawser.app.bench;

import io.hawser.eftl.EftlMessage;
import io.hawser.eftl.EftlMessageListener;

/** Tells {@link Measure} of each message that says when it was due. */
record Heard(Measure measure) implements EftlMessageListener {
    /** The field that says so, as {@link System#nanoTime} of this process has it. */
    static final String AT = "at";

    @Override
    public void received(EftlMessage message) {
        message.getLong(AT).ifPresent(measure::done);
    }
}

package io.hawser.iot.link;

import java.time.Instant;
import java.time.InstantSource;

/** The computer's clock, for programs that hand in no other: the one place of this module that reads it. */
public final class SystemClock implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.now();
    }
}

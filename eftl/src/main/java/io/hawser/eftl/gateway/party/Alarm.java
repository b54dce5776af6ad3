package io.hawser.eftl.gateway.party;

import io.hawser.net.Loop;
import java.time.Duration;

/** Time as a session has it: what falls due runs on whatever loop owns the session then. */
@FunctionalInterface
public interface Alarm {
    /** Runs {@code task} once, {@code delay} from now, on the session's owner. */
    Loop.Timer in(Duration delay, Runnable task);
}

package io.hawser.core.access;

import java.util.function.Supplier;

/**
 * Somebody was let in.
 *
 * @param principal who it is
 * @param proven whether it has proved that; false where everybody is believed
 * @param validity whether it would be let in as the same now; callable from any thread, at any time, and quick
 */
public record Admission(Principal principal, boolean proven, Supplier<Validity> validity) {
    /** What has become of the reason for which somebody was let in. */
    public enum Validity {
        /** It stands. */
        GOOD,
        /** It is another one now: whoever logs in anew is let in as somebody else, or in other groups. */
        CHANGED,
        /** It is gone: the user, the token or the certificate lets nobody in any more. */
        ENDED
    }

    /** Somebody who has proved who it is, and stays until it leaves. */
    public static Admission of(Principal principal) {
        return new Admission(principal, true, () -> Validity.GOOD);
    }

    /** Somebody who is believed to be {@code principal}, as long as {@code validity} says. */
    public static Admission believed(Principal principal, Supplier<Validity> validity) {
        return new Admission(principal, false, validity);
    }
}

package io.hawser.app.doctor;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/**
 * What was looked at, and what was seen.
 *
 * @param what what was looked at
 * @param good whether it is as it should be
 * @param seen what was seen, a sentence
 * @param remedy what to do about it; empty if nothing
 */
public record Finding(String what, boolean good, String seen, String remedy) {
    /** All is well. */
    public static Finding good(String what, String seen) {
        return new Finding(what, true, seen, "");
    }

    /** Something is wrong. */
    public static Finding bad(String what, String seen, String remedy) {
        return new Finding(what, false, seen, remedy);
    }

    /** As a row of what a command prints. */
    public Fields row() {
        Fields.Builder row = Fields.builder()
                .put("check", what)
                .put("ok", Value.Bool.of(good))
                .put("seen", seen);
        return (remedy.isEmpty() ? row : row.put("remedy", remedy)).build();
    }
}

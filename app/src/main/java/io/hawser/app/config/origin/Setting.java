package io.hawser.app.config.origin;

import io.hawser.core.value.Fields;
import io.hawser.core.value.Value;

/**
 * One setting as it holds.
 *
 * @param key its whole name
 * @param value as it would stand in a file; a secret too, so it is for comparing and not for showing
 * @param origin file and line, or the variable or flag
 * @param secrecy what of the value may be shown
 */
public record Setting(String key, String value, String origin, Secrecy secrecy) {
    /** What stands in the place of what is not shown. */
    static final String HIDDEN = "***";

    private static final String DEFAULTS = "defaults.conf";

    /** What of a value may be shown. */
    public enum Secrecy {
        /** All of it. */
        OPEN,
        /** Of an address, all but who one is there. */
        ADDRESS,
        /** Nothing but whether there is one. */
        SECRET
    }

    /** True if nobody has set it. */
    public boolean isDefault() {
        return origin.startsWith(DEFAULTS);
    }

    /** The value as everybody may see it. */
    public String shown() {
        return switch (secrecy) {
            case OPEN -> value;
            case ADDRESS -> value.replaceAll("://[^/?#|\"]*@", "://" + HIDDEN + "@");
            case SECRET -> value.equals("\"\"") ? value : HIDDEN;
        };
    }

    /** As it is told. */
    public Fields row() {
        return Fields.builder()
                .put("key", key)
                .put("value", shown())
                .put("from", origin)
                .put("default", Value.of(isDefault()))
                .build();
    }

    @Override
    public String toString() {
        return key + " = " + shown();
    }
}

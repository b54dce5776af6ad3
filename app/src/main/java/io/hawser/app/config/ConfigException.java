package io.hawser.app.config;

import java.util.List;

/** A configuration that cannot be used: all that is wrong with it, each with key, value, origin and what to do. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One line a problem. */
    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}

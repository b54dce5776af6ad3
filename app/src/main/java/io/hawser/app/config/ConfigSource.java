package io.hawser.app.config;

/** Where a hub's configuration comes from, as often as somebody wants it read anew. */
public interface ConfigSource {
    /**
     * The configuration as it is now. Called on any thread, one at a time.
     *
     * @throws ConfigException with everything that is wrong with it
     */
    Configuration read();

    /** The hub has taken up what it can of {@code now}. */
    void taken(Configuration now);
}

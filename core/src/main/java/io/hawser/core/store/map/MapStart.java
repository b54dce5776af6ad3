package io.hawser.core.store.map;

/**
 * Where a watch begins.
 *
 * @param revision changes after this one are told; negative: those from now on
 */
public record MapStart(long revision) {
    /** With changes from now on. */
    public static final MapStart NOW = new MapStart(-1);

    /** With the values that are there, oldest change first, then changes. */
    public static final MapStart CURRENT = new MapStart(0);

    /**
     * With what changed after {@code revision}, each key with its newest change; if that cannot be told any more the
     * listener is told so, and then hears the values that are there.
     */
    public static MapStart after(long revision) {
        return new MapStart(Math.max(0, revision));
    }
}

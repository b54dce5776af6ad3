package io.hawser.store.local.disk;

/** How much room the disk of a data folder has. */
public enum Level {
    /** Enough. */
    AMPLE,
    /** Somebody should make room. */
    LOW,
    /** Nothing is taken that makes the data grow; acknowledging and deleting go on. */
    FULL
}

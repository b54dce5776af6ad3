package io.hawser.eftl;

/** Hears the changes of a map. Called on the connection's executor, one after the other. */
@FunctionalInterface
public interface EftlMapListener {
    /** A key has changed, or all that was told is to be forgotten. */
    void changed(EftlMapChange change);
}

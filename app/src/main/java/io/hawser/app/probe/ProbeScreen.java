package io.hawser.app.probe;

/** Where a probe's lines go. Called from any thread. */
@FunctionalInterface
public interface ProbeScreen {
    /** Shows {@code line}, which is one line and fit for a terminal, at once. */
    void show(String line);
}

package io.hawser.app.operate;

/** Hears how far a file is on its way to a hub or from it; called by whoever moves it. */
@FunctionalInterface
public interface FileProgress {
    /** Nobody looks. */
    FileProgress UNSEEN = (bytes, size) -> {};

    /** So many bytes of {@code size} have been moved. */
    void moved(long bytes, long size);
}

package io.hawser.clever.engine.file;

/** Where a peer's files go, and from where it is given some. Called on the loop. */
public interface FilePlace {
    /** The file that a peer asks for; whether there is one turns out when it is opened. */
    FileSource source(String path);

    /** Where a file of a peer goes; whether it may turns out when it is opened. */
    FileSink sink(String path);

    /** Deletes what is left of transfers with which nobody goes on any more. On one of the disk's threads. */
    default void sweep() {}
}

package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** A file that is to be sent. Called on the disk's threads. */
@FunctionalInterface
public interface FileSource {
    /** Opens it for reading. */
    FileChannel open() throws IOException;
}

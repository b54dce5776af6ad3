package io.hawser.clever.engine.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/** A file that is to be sent. Called on the disk's threads. */
@FunctionalInterface
public interface FileSource {
    /** Opens it for reading. */
    SeekableByteChannel open() throws IOException;
}

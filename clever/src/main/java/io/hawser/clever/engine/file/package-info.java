/** Files on their way between the disk and a connection: read and written on the disk's threads, within one folder if peers name them. */
@NullMarked
package io.hawser.clever.engine.file;

import org.jspecify.annotations.NullMarked;

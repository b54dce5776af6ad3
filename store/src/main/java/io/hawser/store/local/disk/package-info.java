/** The folder, the database in it, and the one thread that owns both. Knows bytes, not what they mean. */
@NullMarked
package io.hawser.store.local.disk;

import org.jspecify.annotations.NullMarked;

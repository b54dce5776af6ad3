/** The folder and the database in it. Knows bytes, not what they mean. */
@NullMarked
package io.hawser.store.local.disk;

import org.jspecify.annotations.NullMarked;

/** Objects on the disk: their records in the database, their content in files. */
@NullMarked
package io.hawser.store.local.object;

import org.jspecify.annotations.NullMarked;

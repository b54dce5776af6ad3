/** Durables on the disk: which messages wait for whom, and where their bytes are. */
@NullMarked
package io.hawser.store.local.durable;

import org.jspecify.annotations.NullMarked;

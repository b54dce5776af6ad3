/** Durables on a rack: which messages wait for whom, and where their bytes are. */
@NullMarked
package io.hawser.store.durable;

import org.jspecify.annotations.NullMarked;

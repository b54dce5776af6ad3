/** An engine as a whole: the interface that a hub chooses one by, and the engine in memory. */
@NullMarked
package io.hawser.core.store.engine;

import org.jspecify.annotations.NullMarked;

/** Messages kept for durables: the interface that engines implement, and the engine in memory. */
@NullMarked
package io.hawser.core.store.durable;

import org.jspecify.annotations.NullMarked;

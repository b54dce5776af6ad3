/** Where durable messages stay: the interface that engines implement, and the engine in memory. */
@NullMarked
package io.hawser.core.store;

import org.jspecify.annotations.NullMarked;

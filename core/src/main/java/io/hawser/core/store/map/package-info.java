/** Key-value maps: the interface that engines implement, and the maps of every engine that has a shelf. */
@NullMarked
package io.hawser.core.store.map;

import org.jspecify.annotations.NullMarked;

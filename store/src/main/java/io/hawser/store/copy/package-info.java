/** Bringing everything that a store holds into another one, whatever their engines, while no hub uses them. */
@NullMarked
package io.hawser.store.copy;

import org.jspecify.annotations.NullMarked;

/**
 * One agent's place in the mesh of an Ivy bus: it hears newcomers, connects, shakes hands and passes frames. Owned by one
 * loop; the library and the hub's gateway both stand on it.
 */
@NullMarked
package io.hawser.ivy.engine;

import org.jspecify.annotations.NullMarked;

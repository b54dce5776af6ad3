/**
 * Objects: files of any size, under the names their owners gave them. The interface, what every engine does alike, and the
 * medium in memory.
 */
@NullMarked
package io.hawser.core.store.object;

import org.jspecify.annotations.NullMarked;

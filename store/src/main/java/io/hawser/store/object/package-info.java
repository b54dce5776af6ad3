/** Objects: their records on a rack, and their content in files for an engine that has some. */
@NullMarked
package io.hawser.store.object;

import org.jspecify.annotations.NullMarked;

/** Sorted bytes that an engine keeps, and what lives on them: a map or a table is the same on every engine that has a shelf. */
@NullMarked
package io.hawser.core.store.shelf;

import org.jspecify.annotations.NullMarked;

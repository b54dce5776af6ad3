/** What an engine that keeps sorted bytes shares with the others: rounds of changes, their one writer, and who is told when. */
@NullMarked
package io.hawser.store.rack;

import org.jspecify.annotations.NullMarked;

/**
 * One end of a clever-show connection ({@code specs/clever.md} 1): a {@link io.hawser.clever.engine.CleverParty}, owned by one
 * loop, that outlives the connections it uses. It knows no user code and no futures; the library above it does.
 */
@NullMarked
package io.hawser.clever.engine;

import org.jspecify.annotations.NullMarked;

/** Checks of a hub for those who watch over many machines: what is well, what is not, in their terms. */
@NullMarked
package io.hawser.app.operate.check;

import org.jspecify.annotations.NullMarked;

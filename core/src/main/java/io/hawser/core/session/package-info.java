/** A party on the bus: what it asked for and what waits to be delivered to it. */
@NullMarked
package io.hawser.core.session;

import org.jspecify.annotations.NullMarked;

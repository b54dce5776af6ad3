/** A fleet of clever-show copters on the bus: a ground station that originals take for their own. */
@NullMarked
package io.hawser.clever.gateway;

import org.jspecify.annotations.NullMarked;

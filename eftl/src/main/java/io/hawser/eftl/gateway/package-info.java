/** Joins eFTL to the bus: a server that eFTL's own clients work with. */
@NullMarked
package io.hawser.eftl.gateway;

import org.jspecify.annotations.NullMarked;

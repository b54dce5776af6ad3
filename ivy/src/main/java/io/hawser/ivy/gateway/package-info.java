/** Joins Ivy to the bus: one agent in a domain, which stands for everybody on the bus. */
@NullMarked
package io.hawser.ivy.gateway;

import org.jspecify.annotations.NullMarked;

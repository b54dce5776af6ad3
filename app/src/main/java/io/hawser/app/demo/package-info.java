/** The demonstration: a simulated flight on Ivy and an eFTL client that meet on a hub. */
@NullMarked
package io.hawser.app.demo;

import org.jspecify.annotations.NullMarked;

/** What can be measured of a hub, for Prometheus and others who read its formats. */
@NullMarked
package io.hawser.app.metrics;

import org.jspecify.annotations.NullMarked;

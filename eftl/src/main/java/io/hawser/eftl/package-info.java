/**
 * The eFTL client library: {@link io.hawser.eftl.Eftl#connect} gives a connection that publishes messages and listens to
 * them.
 */
@NullMarked
package io.hawser.eftl;

import org.jspecify.annotations.NullMarked;

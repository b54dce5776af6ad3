/** What one client listens to, and the events on their way to it. */
@NullMarked
package io.hawser.eftl.gateway.subscription;

import org.jspecify.annotations.NullMarked;

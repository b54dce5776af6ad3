/** What a channel is, who is on it, and how what its clients say looks on the bus and back. */
@NullMarked
package io.hawser.eftl.gateway.channel;

import org.jspecify.annotations.NullMarked;

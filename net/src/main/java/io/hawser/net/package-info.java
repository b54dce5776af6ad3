/**
 * How bytes move: event loops, listeners, WebSocket on both sides, datagrams. Beside it the rooms {@code http} and {@code
 * line}, below it {@code tls} and {@code wire}. The only place that knows Netty; a protocol sees loops, connections and
 * handlers, and leaves alone what begins with {@code Nio}.
 */
@NullMarked
package io.hawser.net;

import org.jspecify.annotations.NullMarked;

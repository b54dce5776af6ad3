/**
 * How bytes move: event loops, listeners, WebSocket on both sides, lines, datagrams. The only place that knows Netty;
 * a protocol sees loops, connections and handlers.
 */
@NullMarked
package io.hawser.net;

import org.jspecify.annotations.NullMarked;

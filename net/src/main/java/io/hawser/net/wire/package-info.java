/**
 * What the bytes look like: batches, WebSocket frames, HTTP answers, lines. Works on buffers; knows no connection's
 * life. For {@code io.hawser.net} alone.
 */
@NullMarked
package io.hawser.net.wire;

import org.jspecify.annotations.NullMarked;

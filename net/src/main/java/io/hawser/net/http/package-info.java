/** HTTP/1.1 on both sides: a server that also hands over to WebSocket, and a small client. */
@NullMarked
package io.hawser.net.http;

import org.jspecify.annotations.NullMarked;

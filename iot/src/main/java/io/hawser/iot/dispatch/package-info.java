/** The way of messages from a program to the server: queued, sent, tried again, kept on disk, and requests back. */
@NullMarked
package io.hawser.iot.dispatch;

import org.jspecify.annotations.NullMarked;

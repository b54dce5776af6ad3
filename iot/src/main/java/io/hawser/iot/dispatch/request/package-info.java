/** Requests of the server to a device: who answers which, and what the answer is. */
@NullMarked
package io.hawser.iot.dispatch.request;

import org.jspecify.annotations.NullMarked;

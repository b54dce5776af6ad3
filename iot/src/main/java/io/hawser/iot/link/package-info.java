/** The way of a device or an operator to the server: HTTPS, tokens, and what becomes of a call. */
@NullMarked
package io.hawser.iot.link;

import org.jspecify.annotations.NullMarked;

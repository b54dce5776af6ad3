/** Calls by HTTPS: who makes them, with which token, and how they are answered. */
@NullMarked
package io.hawser.iot.gateway.call;

import org.jspecify.annotations.NullMarked;

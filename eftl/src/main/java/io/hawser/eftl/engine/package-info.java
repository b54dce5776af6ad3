/**
 * The client's side of an eFTL connection ({@code specs/eftl.md} 1): one {@link io.hawser.eftl.engine.ClientEngine}, owned by
 * one loop, that outlives the sockets it uses. It knows no user code and no futures; the library above it does.
 */
@NullMarked
package io.hawser.eftl.engine;

import org.jspecify.annotations.NullMarked;

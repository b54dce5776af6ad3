/**
 * REST beside the WebSockets, on the same port ({@code specs/eftl.md} 4, REST): publishing, durables and maps by plain HTTP, over
 * what the gateway offers.
 */
@NullMarked
package io.hawser.eftl.rest;

import org.jspecify.annotations.NullMarked;

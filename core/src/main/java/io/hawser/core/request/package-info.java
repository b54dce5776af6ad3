/** Asking on the bus, and waiting for the answer: one correlation and one time-out, whatever protocol asks or answers. */
@NullMarked
package io.hawser.core.request;

import org.jspecify.annotations.NullMarked;

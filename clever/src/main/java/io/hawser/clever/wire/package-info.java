/**
 * What the bytes of clever-show's TCP protocol mean ({@code specs/clever.md} 1): headers, frames, JSON as Python writes it.
 * Pure: bytes in, values or a {@link io.hawser.clever.wire.ProtocolException} out.
 */
@NullMarked
package io.hawser.clever.wire;

import org.jspecify.annotations.NullMarked;

/**
 * What the bytes of TIBCO eFTL mean ({@code specs/eftl.md} 1): frames, message bodies, content matchers. Pure: bytes in,
 * values or a {@link io.hawser.eftl.wire.ProtocolException} out.
 */
@NullMarked
package io.hawser.eftl.wire;

import org.jspecify.annotations.NullMarked;

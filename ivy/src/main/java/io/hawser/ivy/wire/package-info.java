/** What the bytes of an Ivy bus mean ({@code specs/ivy.md} 1). Pure: bytes in, values or {@link ProtocolException} out. */
@NullMarked
package io.hawser.ivy.wire;

import org.jspecify.annotations.NullMarked;

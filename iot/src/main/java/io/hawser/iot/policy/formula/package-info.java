/** The language of conditions and computed metrics in device policies ({@code specs/iot.md} 4.3): text to formula, formula to value. Pure. */
@NullMarked
package io.hawser.iot.policy.formula;

import org.jspecify.annotations.NullMarked;

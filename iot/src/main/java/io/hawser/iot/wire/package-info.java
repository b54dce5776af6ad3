/** What the bytes of Oracle IoT Cloud Service mean: messages, tokens, activation, the provisioning file. Pure; facts from {@code specs/iot.md} 1 and 2. */
@NullMarked
package io.hawser.iot.wire;

import org.jspecify.annotations.NullMarked;

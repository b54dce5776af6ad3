/** The messages of Paparazzi UAV, as its messages.xml defines them: between their texts and fields. Pure. */
@NullMarked
package io.hawser.ivy.gateway.paparazzi;

import org.jspecify.annotations.NullMarked;

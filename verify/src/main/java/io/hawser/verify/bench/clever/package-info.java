/** {@code ./bench p8}: two clever-show peers of one maker, ours and others', in the same run. */
@NullMarked
package io.hawser.verify.bench.clever;

import org.jspecify.annotations.NullMarked;

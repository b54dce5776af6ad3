/** {@code ./bench}: the hub and its peers under the same load in the same run. */
@NullMarked
package io.hawser.verify.bench;

import org.jspecify.annotations.NullMarked;

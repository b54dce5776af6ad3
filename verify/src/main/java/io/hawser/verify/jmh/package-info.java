/** What matching costs: micro-benchmarks of the indexes, run by {@code ./bench jmh}. */
@NullMarked
package io.hawser.verify.jmh;

import org.jspecify.annotations.NullMarked;

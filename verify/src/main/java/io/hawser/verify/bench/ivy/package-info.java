/** The Ivy scenario: two agents in two processes, one speaks and the other hears. */
@NullMarked
package io.hawser.verify.bench.ivy;

import org.jspecify.annotations.NullMarked;

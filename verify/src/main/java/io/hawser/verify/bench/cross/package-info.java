/** The scenario across protocols. */
@NullMarked
package io.hawser.verify.bench.cross;

import org.jspecify.annotations.NullMarked;

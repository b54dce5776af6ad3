/** What a message carries: typed values under ordered names. */
@NullMarked
package io.hawser.core.value;

import org.jspecify.annotations.NullMarked;

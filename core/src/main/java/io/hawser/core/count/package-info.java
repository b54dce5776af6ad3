/** What the hub counts. */
@NullMarked
package io.hawser.core.count;

import org.jspecify.annotations.NullMarked;

/** What may come onto the bus and leave it through one gateway, and under which names. */
@NullMarked
package io.hawser.core.border;

import org.jspecify.annotations.NullMarked;

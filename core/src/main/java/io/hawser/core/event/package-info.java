/** What changes in a hub that somebody may look for in its log. */
@NullMarked
package io.hawser.core.event;

import org.jspecify.annotations.NullMarked;

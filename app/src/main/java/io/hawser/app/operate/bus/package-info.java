/** Commands that look at the bus itself: its Ivy domains, its links to other hubs, and what is retained of it. */
@NullMarked
package io.hawser.app.operate.bus;

import org.jspecify.annotations.NullMarked;

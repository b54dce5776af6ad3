/** What can be asked of the bus itself: its Ivy domains, its links to other hubs, what is retained of it and what was counted. */
@NullMarked
package io.hawser.app.admin.bus;

import org.jspecify.annotations.NullMarked;

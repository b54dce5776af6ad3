/** What the links between hubs need: which of their messages are let in, and storms that end. */
@NullMarked
package io.hawser.core.link;

import org.jspecify.annotations.NullMarked;

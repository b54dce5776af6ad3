/** The command that looks at links between hubs. */
@NullMarked
package io.hawser.app.operate.link;

import org.jspecify.annotations.NullMarked;

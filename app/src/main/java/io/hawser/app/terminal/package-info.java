/** What every command shares: the terminal it talks to, and the ways it can end. */
@NullMarked
package io.hawser.app.terminal;

import org.jspecify.annotations.NullMarked;

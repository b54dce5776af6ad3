/** What the console, the hub's own web page, is served beside the admin listener's other answers. */
@NullMarked
package io.hawser.app.console;

import org.jspecify.annotations.NullMarked;

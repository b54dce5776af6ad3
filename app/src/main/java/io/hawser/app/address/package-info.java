/** Which hub a command talks to, as whom and how long: options, environment and contexts, settled into one target. */
@NullMarked
package io.hawser.app.address;

import org.jspecify.annotations.NullMarked;

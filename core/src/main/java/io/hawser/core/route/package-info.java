/** From a message to everybody who wants it, against an immutable snapshot of all interests. */
@NullMarked
package io.hawser.core.route;

import org.jspecify.annotations.NullMarked;

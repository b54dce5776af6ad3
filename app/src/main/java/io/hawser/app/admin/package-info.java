/** What a hub tells about itself: an HTTP listener of its own, what it lists, and the token that opens it. */
@NullMarked
package io.hawser.app.admin;

import org.jspecify.annotations.NullMarked;

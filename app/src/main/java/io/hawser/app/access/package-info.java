/** Users and their passwords: who somebody is, found out without holding up an event loop. */
@NullMarked
package io.hawser.app.access;

import org.jspecify.annotations.NullMarked;

/** What people type and read: bodies, JSON, and one line a message. Pure. */
@NullMarked
package io.hawser.app.text;

import org.jspecify.annotations.NullMarked;

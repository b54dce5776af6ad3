/** {@code hawser probe}: an agent on an Ivy bus that prints what it hears and says what is typed, as ivyprobe does. */
@NullMarked
package io.hawser.app.probe;

import org.jspecify.annotations.NullMarked;

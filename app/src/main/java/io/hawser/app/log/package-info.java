/** What the program says of itself on stderr: for people, or for programs that read logs. */
@NullMarked
package io.hawser.app.log;

import org.jspecify.annotations.NullMarked;

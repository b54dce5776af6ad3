/** What the command line says of itself: examples, completion. */
@NullMarked
package io.hawser.app.guide;

import org.jspecify.annotations.NullMarked;

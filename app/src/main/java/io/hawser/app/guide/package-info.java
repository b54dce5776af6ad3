/** What the command line says of itself: help, examples, manual pages, completion. */
@NullMarked
package io.hawser.app.guide;

import org.jspecify.annotations.NullMarked;

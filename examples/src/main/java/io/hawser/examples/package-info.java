/** Small programs that show the libraries, one thing each. */
@NullMarked
package io.hawser.examples;

import org.jspecify.annotations.NullMarked;

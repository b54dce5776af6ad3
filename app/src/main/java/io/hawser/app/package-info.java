/** The program {@code hawser}: its main class. */
@NullMarked
package io.hawser.app;

import org.jspecify.annotations.NullMarked;

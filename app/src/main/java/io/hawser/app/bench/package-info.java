/** {@code hawser bench}: load for a running hub, and how long each thing took. */
@NullMarked
package io.hawser.app.bench;

import org.jspecify.annotations.NullMarked;

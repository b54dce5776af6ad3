/** {@code hawser doctor}: what may be wrong with a hub and those who want to reach it, and what mends it. */
@NullMarked
package io.hawser.app.doctor;

import org.jspecify.annotations.NullMarked;

/** A hub for tests: {@link io.hawser.junit.HubExtension}. */
@NullMarked
package io.hawser.junit;

import org.jspecify.annotations.NullMarked;

/** What every part of the store says when it refuses or fails; the parts are the packages below. */
@NullMarked
package io.hawser.core.store;

import org.jspecify.annotations.NullMarked;

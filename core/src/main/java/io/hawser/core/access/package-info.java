/** Who somebody is and what it may do: asked by every protocol before it acts for somebody. */
@NullMarked
package io.hawser.core.access;

import org.jspecify.annotations.NullMarked;

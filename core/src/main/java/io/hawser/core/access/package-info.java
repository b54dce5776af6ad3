/** The one question that every protocol asks before it acts for somebody. */
@NullMarked
package io.hawser.core.access;

import org.jspecify.annotations.NullMarked;

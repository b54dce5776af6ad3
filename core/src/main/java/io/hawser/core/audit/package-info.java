/** Who did what: a log that is only appended. */
@NullMarked
package io.hawser.core.audit;

import org.jspecify.annotations.NullMarked;

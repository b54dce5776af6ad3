/** The one message that every protocol is translated to and from. */
@NullMarked
package io.hawser.core.message;

import org.jspecify.annotations.NullMarked;

/** What happens to single messages, for whoever asks for some of them for a while. */
@NullMarked
package io.hawser.core.trace;

import org.jspecify.annotations.NullMarked;

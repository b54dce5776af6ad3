/** Who wants a message: patterns over topics, fields and text, and the indexes that find them fast. */
@NullMarked
package io.hawser.core.match;

import org.jspecify.annotations.NullMarked;

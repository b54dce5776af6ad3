/** TCP connections that carry frames of known length, a header and a content each, on either side. */
@NullMarked
package io.hawser.net.length;

import org.jspecify.annotations.NullMarked;

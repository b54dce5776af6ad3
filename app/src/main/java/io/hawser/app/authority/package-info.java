/** A certificate authority of one's own, for hubs and devices that no public one knows. */
@NullMarked
package io.hawser.app.authority;

import org.jspecify.annotations.NullMarked;

/** The hub as one object, and what starts it. Public for embedding. */
@NullMarked
package io.hawser.app.hub;

import org.jspecify.annotations.NullMarked;
